from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from portal.accounts.domain.actors import Actor
from shortener.forms import LinkEditForm, LinkFilterForm, initial_of
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db


def posted(values: dict[str, str]) -> QueryDict:
    return QueryDict(urlencode(values))


def test_only_what_was_changed_is_handed_on() -> None:
    link = LinkFactory(title="Same", tags=["mail"])
    sent = {"target": link.target, "title": "Same", "tags": "mail", "redirect_status": "301", "version": "1"}
    form = LinkEditForm(posted(sent), actor=Actor.system("test"), initial=initial_of(link))
    assert form.is_valid()
    assert form.values() == {"redirect_status": 301}


def test_a_filter_that_makes_no_sense_narrows_nothing() -> None:
    form = LinkFilterForm({"state": "sideways", "q": "launch"}, actor=Actor.system("test"))
    assert (form.wanted().state, form.wanted().text) == ("", "launch")


def test_a_tag_that_is_not_among_the_offered_ones_narrows_too() -> None:
    assert LinkFilterForm({"tag": "rare"}, actor=Actor.system("test")).wanted().tag == "rare"


def test_a_filter_that_nobody_set_narrows_nothing() -> None:
    assert LinkFilterForm(None, actor=Actor.system("test")).wanted().text == ""
