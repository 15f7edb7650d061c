from django import forms

from portal.lib.errors import Conflict, Invalid
from portal.lib.forms import add_errors


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
