"""Stages of releases."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import Error, connection

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.exceptions import ReleaseIsOver
from slo.models import Release
from slo.services import releases, stages

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("pipeline")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def canary(service: Any, now: datetime) -> Release:
    facts: Any = {"rollout_ratio": Decimal("0.01"), "status": "running", "strategy": "canary"}
    return releases.record_release(actor=ACTOR, service=service, version="2", now=now, **facts)


def move(release: Release, share: str, now: datetime, **facts: Any) -> Any:
    return stages.move_release(actor=ACTOR, release=release, rollout_ratio=Decimal(share), now=now, **facts)


def test_a_canary_moves_and_is_done_at_a_hundred_per_cent(canary: Release, now: datetime) -> None:
    for number, share in enumerate(["0.1", "0.5", "1"]):
        move(canary, share, now + (number + 1) * MINUTE)
    canary.refresh_from_db()
    assert (canary.rollout_ratio, canary.status, canary.finished_at) == (Decimal(1), "succeeded", now + 3 * MINUTE)
    assert [stage.name for stage in canary.stages.all()] == ["canary 1 %", "canary 10 %", "canary 50 %", "everybody"]


def test_the_same_stage_twice_is_one(canary: Release, now: datetime) -> None:
    assert move(canary, "0.1", now) == move(canary, "0.1", now + MINUTE)
    assert AuditEntry.objects.filter(action="release.moved").count() == 1


def test_a_stage_that_is_told_late_moves_nothing(canary: Release, now: datetime) -> None:
    move(canary, "0.5", now + 9 * MINUTE)
    move(canary, "0.1", now + 10 * MINUTE, at=now + 5 * MINUTE)
    canary.refresh_from_db()
    assert canary.rollout_ratio == Decimal("0.5")
    assert [stage.rollout_ratio for stage in canary.stages.all()] == [Decimal(t) for t in ("0.01", "0.1", "0.5")]


def test_back_to_running_it_is_not_finished(canary: Release, now: datetime) -> None:
    move(canary, "1", now + MINUTE)
    move(canary, "0.1", now + 2 * MINUTE)
    canary.refresh_from_db()
    assert (canary.status, canary.finished_at) == ("running", None)


@pytest.mark.parametrize("status", ["failed", "rolled_back"])
def test_what_is_over_does_not_move(canary: Release, now: datetime, status: str) -> None:
    stage = move(canary, "0", now + MINUTE, status=status)
    assert stage.name == status.replace("_", " ")
    with pytest.raises(ReleaseIsOver):
        move(canary, "0.5", now + 2 * MINUTE)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"share": "1.5"}, "percentage"),
        ({"status": "lost"}, "status"),
        ({"name": "x" * 101}, "name"),
        ({"note": "x" * 501}, "note"),
        ({"at": 6}, "at"),
        ({"at": -1}, "at"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_wrong_fields_are_named(canary: Release, now: datetime, facts: dict[str, Any], field: str) -> None:
    given = {"share": "0.5", **facts} | ({"at": now + facts["at"] * MINUTE} if "at" in facts else {})
    with pytest.raises(Invalid) as caught:
        move(canary, given.pop("share"), now, **given)
    assert list(caught.value.fields) == [field]


@pytest.mark.parametrize("verb", ["UPDATE slo_releasestage SET name = ''", "DELETE FROM slo_releasestage"])
def test_a_stage_never_changes(canary: Release, verb: str) -> None:
    with pytest.raises(Error, match="append-only"), connection.cursor() as cursor:
        cursor.execute(verb)


def test_a_stage_may_have_a_name_and_a_note(canary: Release, now: datetime) -> None:
    stage = move(canary, "0.25", now, name="rack 3", note=" looks good ")
    assert (stage.name, stage.note, stage.author) == ("rack 3", "looks good", "pipeline")
