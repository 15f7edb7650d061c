from datetime import datetime
from typing import Any

import pytest

from shortener.domain.redirect import Kind
from shortener.selectors import rule_tests
from shortener.selectors.rule_tests import Outcome, Trial
from shortener.services import visitors
from tests.factories.shortener import FIREFOX, LinkFactory

pytestmark = pytest.mark.django_db

RULES = [
    {
        "id": 7,
        "name": "Germans",
        "conditions": [{"type": "language", "values": ["de"]}],
        "target": "https://e.example/de",
    },
    {"id": 2, "conditions": [], "variants": [{"target": "https://e.example/a", "weight": 1}] * 2},
]


def tried(now: datetime, link: Any, **changes: Any) -> Outcome:
    visitor = visitors.visitor_of(
        user_agent=FIREFOX, address="192.0.2.1", accept_language=changes.pop("language", "en")
    )
    return rule_tests.outcome(link, Trial(visitor=visitor, at=now, **changes))


def test_it_says_which_rule_decides_and_why(now: datetime) -> None:
    found = tried(now, LinkFactory(rules=RULES), language="de-AT")
    assert found.choice is not None
    assert (found.choice.rule.id, found.answer.location, found.answer.rule) == (7, "https://e.example/de", 7)
    assert found.traces[0].findings == (("language", "de", "de-at", True),)


def test_a_split_is_told_with_its_variant(now: datetime) -> None:
    found = tried(now, LinkFactory(rules=RULES))
    assert found.choice is not None
    assert (found.choice.rule.id, found.choice.variant == found.answer.variant) == (2, True)


def test_query_and_path_are_tried_too(now: datetime) -> None:
    link = LinkFactory(forward_query=True, forward_path=True, target="https://e.example/base")
    assert tried(now, link, query="a=1", path="/b").answer.location == "https://e.example/base/b?a=1"
    assert tried(now, link, path="../b").answer.kind is Kind.UNKNOWN


def test_what_stands_before_the_target_is_told_and_the_target_with_it(now: datetime) -> None:
    found = tried(now, LinkFactory(password_hash="x", preview=True))
    assert (found.answer.kind, found.destination.location) == (Kind.PASSWORD, "https://example.org/page")


def test_a_link_that_is_closed_then_leads_nowhere(now: datetime) -> None:
    found = tried(now, LinkFactory(rules=RULES, expires_at=now))
    assert (found.answer.kind, found.destination.location) == (Kind.EXPIRED, None)


def test_a_limit_counts_nothing(now: datetime) -> None:
    link = LinkFactory(max_visits=1)
    assert {tried(now, link).answer.kind for _ in range(3)} == {Kind.REDIRECT}
