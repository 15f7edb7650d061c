import pytest
from django import forms

from portal.accounts.models import Team
from portal.lib.errors import Conflict, Invalid
from portal.lib.forms import add_errors, narrow


class LinkForm(forms.Form):
    slug = forms.CharField(required=False)


def bound() -> LinkForm:
    form = LinkForm({"slug": "x"})
    form.full_clean()
    return form


def test_a_field_error_stands_at_its_field() -> None:
    form = bound()
    add_errors(form, Invalid(fields={"slug": ["taken"]}))
    assert form.errors == {"slug": ["taken"]}


def test_an_error_of_no_field_of_the_form_stands_at_the_top_with_its_name() -> None:
    form = bound()
    add_errors(form, Invalid(fields={"domain": ["unknown"]}))
    assert form.non_field_errors() == ["domain: unknown"]


def test_a_refusal_without_fields_stands_at_the_top() -> None:
    form = bound()
    add_errors(form, Conflict("Somebody was faster."))
    assert form.non_field_errors() == ["Somebody was faster."]


class ChoosingForm(forms.Form):
    team = forms.ModelChoiceField(Team.objects.none())
    slug = forms.CharField()


def test_a_field_offers_the_rows_that_it_is_narrowed_to() -> None:
    form, rows = ChoosingForm(), Team.objects.filter(slug="payments")
    narrow(form, "team", rows)
    field = form.fields["team"]
    assert isinstance(field, forms.ModelChoiceField)
    assert str(field.queryset.query) == str(rows.query)  # type: ignore[union-attr]  # none is never offered


def test_a_field_that_chooses_among_no_rows_is_not_narrowed() -> None:
    with pytest.raises(TypeError, match="slug does not choose among rows"):
        narrow(ChoosingForm(), "slug", Team.objects.none())
