from datetime import datetime
from typing import Any

import pytest

from shortener.domain.redirect import Kind
from shortener.domain.visitors import Visitor
from shortener.exceptions import BudgetSpent
from shortener.selectors.arrivals import arrival
from shortener.services import following
from shortener.services.following import Asked
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

PERSON = Visitor("agent", "192.0.2.1", client_of=lambda _: (False, "phone", "iOS", "Safari"))
BOT = Visitor("bot", "192.0.2.1", client_of=lambda _: (True, "bot", "", ""))


def kinds(link: Any, now: datetime, *asked: Asked) -> list[Kind]:
    return [following.answer(arrival(link.domain.name, link.slug), one, now=now).kind for one in asked]


def test_only_visits_of_people_are_claimed(now: datetime) -> None:
    quiet = [Asked(BOT), Asked(PERSON, method="HEAD"), Asked(PERSON, is_prefetch=True)]
    found = kinds(LinkFactory(max_visits=1), now, *quiet, Asked(PERSON), Asked(PERSON), Asked(BOT))
    assert found == [Kind.REDIRECT] * 4 + [Kind.USED_UP] * 2


def test_a_preview_claims_nothing_and_is_not_shown_of_a_link_that_is_used_up(now: datetime) -> None:
    shown = Asked(PERSON, is_shown=True)
    found = kinds(LinkFactory(max_visits=1, preview=True), now, *[Asked(PERSON)] * 3, shown, Asked(PERSON), shown)
    assert found == [Kind.PORTAL] * 3 + [Kind.REDIRECT, Kind.USED_UP, Kind.USED_UP]


def test_a_password_is_asked_for_before_anything_is_claimed(now: datetime) -> None:
    link = LinkFactory(max_visits=1, password_hash="x")
    admitted = Asked(PERSON, is_admitted=True)
    assert kinds(link, now, *[Asked(PERSON)] * 3, admitted, admitted) == [Kind.PASSWORD] * 3 + [
        Kind.REDIRECT,
        Kind.USED_UP,
    ]


@pytest.mark.parametrize(("is_open", "kind"), [(True, Kind.REDIRECT), (False, Kind.UNCOUNTED)])
def test_with_valkey_away_the_link_decides(settings: Any, now: datetime, is_open: bool, kind: Kind) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert kinds(LinkFactory(max_visits=1, is_open_without_counter=is_open), now, Asked(PERSON)) == [kind]


def test_a_destination_is_told_without_a_claim(now: datetime) -> None:
    rule = {"id": 1, "conditions": [{"type": "device", "values": ["phone"]}], "target": "https://example.org/phone"}
    link = LinkFactory(max_visits=1, preview=True, rules=[rule])
    found = arrival(link.domain.name, link.slug)
    locations = {following.destination(found, Asked(one), now=now).location for one in (PERSON, PERSON, BOT)}
    assert locations == {"https://example.org/phone", link.target}
    assert kinds(link, now, Asked(PERSON, is_shown=True)) == [Kind.REDIRECT]


def test_guesses_are_spent(settings: Any, now: datetime) -> None:
    settings.PORTAL_UNKNOWN_LINKS_PER_MINUTE = 2
    following.spend_guess(PERSON, now=now)
    following.spend_guess(PERSON, now=now)
    with pytest.raises(BudgetSpent):
        following.spend_guess(BOT, now=now)


def test_guesses_may_be_free(settings: Any, now: datetime) -> None:
    settings.PORTAL_UNKNOWN_LINKS_PER_MINUTE = 0
    following.spend_guess(PERSON, now=now)
