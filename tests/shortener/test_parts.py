import pytest
from django import forms

from portal.accounts.models import Team
from shortener.forms import parts
from tests.factories.accounts import TeamFactory


def test_words_come_as_a_list_and_go_as_a_text() -> None:
    field = parts.WordsField(required=False)
    assert field.clean(" a, b ,,c ") == ["a", "b", "c"]
    assert field.clean(["a"]) == ["a"]
    assert field.prepare_value(["a", "b"]) == "a, b"


def test_an_address_stays_a_text_for_the_services_to_judge() -> None:
    assert parts.address("Target").clean("javascript:alert(1)") == "javascript:alert(1)"


@pytest.mark.django_db
@pytest.mark.parametrize(("count", "is_hidden"), [(0, False), (1, True), (2, False)])
def test_a_single_choice_is_made_without_asking(count: int, is_hidden: bool) -> None:
    TeamFactory.create_batch(count)
    field = forms.ModelChoiceField(queryset=Team.objects.none())
    parts.offer(field, Team.objects.all())
    assert (field.widget.is_hidden, field.initial is not None) == (is_hidden, is_hidden)
