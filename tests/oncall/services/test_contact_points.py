"""Rooms and programs of teams."""

from datetime import datetime
from typing import Any

import pytest

from oncall.clients import channels
from oncall.domain.messages import Receipt
from oncall.exceptions import DeliveryError
from oncall.models import ContactPoint
from oncall.services import contact_points, contacts
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Conflict, Invalid
from tests.factories.oncall import ContactPointFactory, PageFactory

ACTOR = Actor.system("test")


class Room:
    """A webhook that does what it is told."""

    kind, label, hint, for_people, for_teams = "webhook", "Webhook", "", True, True

    def __init__(self, problem: str = "") -> None:
        self.problem = problem

    def check_address(self, address: str) -> str:
        return ""

    def send(self, message: Any) -> Any:
        if self.problem:
            raise DeliveryError(self.problem, permanent=True)
        return Receipt("", "HTTP 204")


def create(team: Any, now: datetime, **told: str) -> ContactPoint:
    facts = {"name": "ops", "kind": "webhook", "address": "https://example.com/x"} | told
    return contact_points.create_point(actor=ACTOR, team_id=team.pk, **facts, now=now)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "pigeon"}, "kind"),
        ({"address": "ftp://x"}, "address"),
        ({"address": ""}, "address"),
    ],
)
def test_what_is_wrong_is_named(team: Any, now: datetime, told: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        create(team, now, **told)
    assert field in refused.value.fields


def test_a_name_is_taken_once_per_team(team: Any, now: datetime) -> None:
    create(team, now)
    with pytest.raises(Conflict):
        create(team, now)


def test_another_address_begins_afresh(team: Any, now: datetime) -> None:
    point = ContactPointFactory(team=team, failures=3, problem="HTTP 404")
    made = contact_points.update_point(actor=ACTOR, point=point, name="b", address="https://example.com/y", now=now)
    assert (made.name, made.failures, made.problem) == ("b", 0, "")


@pytest.mark.parametrize("problem", ["", "HTTP 410"])
def test_trying_shows_what_happened(team: Any, now: datetime, monkeypatch: pytest.MonkeyPatch, problem: str) -> None:
    monkeypatch.setitem(channels.CHANNELS, "webhook", Room(problem))
    assert contact_points.try_point(actor=ACTOR, point=ContactPointFactory(team=team), now=now).problem == problem
    assert ContactPoint.objects.get().problem == problem


def test_two_secrets_sign_until_the_old_one_is_ended(team: Any, now: datetime) -> None:
    point = ContactPointFactory(team=team)
    first = contacts.signing_secret(point)
    both = contacts.signing_secret(contact_points.rotate_secret(actor=ACTOR, point=point, now=now)).split(",")
    newest = contacts.signing_secret(contact_points.end_old_secret(actor=ACTOR, point=point, now=now))
    assert (len(both), both[1], both[0]) == (2, first, newest)


def test_it_is_switched_off_and_on_again(team: Any, now: datetime) -> None:
    point = ContactPointFactory(team=team, failures=5)
    off = contact_points.switch(actor=ACTOR, point=point, is_on=False, now=now)
    on = contact_points.switch(actor=ACTOR, point=off, is_on=True, now=now)
    assert (off.disabled_at, on.disabled_at, on.failures) == (now, None, 0)


def test_one_that_was_paged_stays_in_the_history(team: Any, now: datetime) -> None:
    point, unused = ContactPointFactory.create_batch(2, team=team)
    PageFactory(user=None, contact_point=point, address="x")
    for one in (point, unused):
        contact_points.remove_point(actor=ACTOR, point=one, now=now)
    assert ContactPoint.objects.get().disabled_at == now
