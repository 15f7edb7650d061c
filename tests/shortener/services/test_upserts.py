from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.lib.errors import PermissionDenied
from shortener.exceptions import InvalidLink
from shortener.models import Link
from shortener.services import upserts
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")
VALUES = {"target": "https://example.org/", "external_id": "crm-7"}


def test_the_first_call_makes_and_the_next_one_changes(team: Any, now: datetime) -> None:
    first = upserts.upsert_link(actor=SYSTEM, team_id=team.pk, values=VALUES, slug="launch", now=now)
    changed = VALUES | {"title": "New"}
    second = upserts.upsert_link(actor=SYSTEM, team_id=team.pk, values=changed, slug="launch", now=now)
    assert (first[1], second[1]) == (True, False)
    assert (first[0].pk, second[0].title) == (second[0].pk, "New")


def test_a_repeat_changes_nothing(team: Any, now: datetime) -> None:
    for _ in range(2):
        link, _is_new = upserts.upsert_link(actor=SYSTEM, team_id=team.pk, values=VALUES, now=now)
    assert link.version == 1


def test_the_same_external_id_lives_in_two_teams(team: Any, other_team: Any, now: datetime) -> None:
    made = [
        upserts.upsert_link(actor=SYSTEM, team_id=each.pk, values=VALUES, now=now)[1] for each in (team, other_team)
    ]
    assert made == [True, True]


def test_a_deleted_link_is_not_found_again(team: Any, now: datetime) -> None:
    LinkFactory(team=team, external_id="crm-7", state="deleted", deleted_at=now)
    assert upserts.upsert_link(actor=SYSTEM, team_id=team.pk, values=VALUES, now=now)[1]


def test_another_address_is_refused_by_name(team: Any, now: datetime) -> None:
    LinkFactory(team=team, external_id="crm-7", slug="launch")
    other = DomainFactory()
    with pytest.raises(InvalidLink) as refused:
        upserts.upsert_link(actor=SYSTEM, team_id=team.pk, values=VALUES, slug="start", domain=other, now=now)
    assert set(refused.value.fields) == {"slug", "domain"}


def test_a_viewer_may_not(team: Any, vera: Any, actor_of: Callable[..., Actor], now: datetime) -> None:
    LinkFactory(team=team, external_id="crm-7")
    with pytest.raises(PermissionDenied):
        upserts.upsert_link(actor=actor_of(vera), team_id=team.pk, values=VALUES, now=now)
    assert Link.objects.count() == 1
