from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.domain.actors import Actor
from shortener.forms import LinkFilterForm
from shortener.selectors.filters import LinkFilter
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
Form = Callable[..., LinkFilterForm]


@pytest.fixture
def form(bob: Any, actor_of: Callable[[Any], Actor]) -> Form:
    """The form as Bob gets it, with the words of an address."""

    def make(**words: str) -> LinkFilterForm:
        return LinkFilterForm(words or None, actor=actor_of(bob))

    return make


def test_without_words_nothing_narrows(form: Form) -> None:
    assert (form().wanted(), form().words(), form().order, form().is_deep) == (LinkFilter(), {}, "", False)


def test_words_become_a_filter(form: Form) -> None:
    found = form(q=" spring ", state="active", owner="me", team="payments", domain="a.example.com", tag="mail")
    assert found.wanted() == LinkFilter(
        text="spring", state="active", owner="me", team="payments", domain="a.example.com", tag="mail"
    )
    assert found.is_deep


def test_days_begin_at_midnight_of_the_reader(form: Form) -> None:
    with timezone.override("Asia/Tokyo"):
        found = form(created_from="2026-03-05", created_until="2026-03-06").wanted()
    assert found.created_from == datetime(2026, 3, 4, 15, tzinfo=UTC)
    assert found.created_until == datetime(2026, 3, 5, 15, tzinfo=UTC)


def test_the_good_words_are_kept_in_order_and_wrong_ones_left_out(form: Form) -> None:
    found = form(sort="clicks", q="a", state="sideways", created_from="soon", page="3")
    assert list(found.words().items()) == [("q", "a"), ("sort", "clicks")]
    assert found.order == "clicks"


def test_tags_in_use_are_offered(form: Form, team: Any) -> None:
    LinkFactory(team=team, tags=["mail"])
    choices: Any = form().fields["tag"]
    assert choices.choices == [("", "Any tag"), ("mail", "mail")]


def test_what_is_asked_for_is_offered_too(form: Form) -> None:
    assert form(owner="usr_gone", tag="rare").wanted() == LinkFilter(owner="usr_gone", tag="rare")
