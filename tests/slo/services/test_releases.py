"""Recording releases."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.exceptions import ReleaseIsOver, ReleaseOfAnotherVersion
from slo.models import Release
from slo.services import release_windows, releases
from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("pipeline")
CHANGE = {"commit": "abc", "committed_at": "2026-03-04T12:00:00+01:00", "title": "Faster"}
WEEK = {"zone": "UTC", "hours": [{"days": ["mon"], "from": "10:00", "until": "16:00"}]}


def record(service: Any, now: datetime, version: str = "1", **facts: Any) -> Release:
    return releases.record_release(actor=ACTOR, service=service, version=version, now=now, **facts)


def test_a_release_is_recorded_with_sensible_defaults(service: Any, now: datetime) -> None:
    release = releases.record_release(actor=ACTOR, service=service, version=" 1.2.3 ", now=now)
    assert (release.version, release.author, release.status) == ("1.2.3", "pipeline", "succeeded")
    assert (release.started_at, release.created_at, release.rollout_ratio) == (now, now, Decimal(1))


def test_everything_can_be_said(service: Any, now: datetime) -> None:
    earlier = now - timedelta(hours=1)
    facts: dict[str, Any] = {"author": "Bob", "started_at": earlier, "status": "running", "url": "https://e.com/1"}
    release = releases.record_release(
        actor=ACTOR, service=service, version="2", rollout_ratio=Decimal("0.1"), now=now, **facts
    )
    assert {name: getattr(release, name) for name in facts} == facts


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("version", {"version": " "}),
        ("status", {"status": "lost"}),
        ("percentage", {"rollout_ratio": Decimal("1.01")}),
        ("percentage", {"rollout_ratio": Decimal("-0.1")}),
        ("percentage", {"rollout_ratio": Decimal("0.12345")}),
        ("kind", {"kind": "surprise"}),
        ("strategy", {"strategy": "hope"}),
        ("environment", {"environment": "x" * 41}),
        ("changes.0.committed_at", {"changes": [{"commit": "abc"}]}),
        ("started_at", {"started_at": datetime(2099, 1, 1, tzinfo=UTC)}),
        ("finished_at", {"finished_at": datetime(2020, 1, 1, tzinfo=UTC)}),
    ],
)
def test_wrong_fields_are_named(service: Any, now: datetime, field: str, facts: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as caught:
        releases.record_release(**{"actor": ACTOR, "service": service, "version": "1", "now": now, **facts})
    assert list(caught.value.fields) == [field]


def test_it_does_not_end_before_it_began(service: Any, now: datetime) -> None:
    release = record(service, now, status="running")
    with pytest.raises(Invalid) as caught:
        releases.change_release(actor=ACTOR, release=release, now=now, finished_at=now - timedelta(hours=1))
    assert list(caught.value.fields) == ["finished_at"]


def test_a_release_is_audited(service: Any, now: datetime) -> None:
    release = releases.record_release(actor=ACTOR, service=service, version="1", now=now)
    entry = AuditEntry.objects.get(target_id=release.public_id)
    assert (entry.action, entry.team_id) == ("release.recorded", service.team_id)


def test_it_begins_with_a_stage(service: Any, now: datetime) -> None:
    release = record(service, now, rollout_ratio=Decimal("0.1"), status="running", strategy="canary")
    (stage,) = release.stages.all()
    assert (stage.name, stage.rollout_ratio, stage.at, stage.author) == ("canary 10 %", Decimal("0.1"), now, "pipeline")
    assert release.finished_at is None


def test_one_that_is_done_is_finished(service: Any, now: datetime) -> None:
    assert record(service, now).finished_at == now


def test_what_came_with_it_is_kept(service: Any, now: datetime) -> None:
    release = record(service, now, commit="abc", committed_at=now, changes=[CHANGE], is_unplanned=True)
    release.refresh_from_db()
    assert release.changes == [{"commit": "abc", "committed_at": "2026-03-04T11:00:00+00:00", "title": "Faster"}]
    assert (release.committed_at, release.is_unplanned, release.environment) == (now, True, "production")


def test_the_pipelines_own_name_makes_repeats_harmless(service: Any, now: datetime) -> None:
    told = [
        releases.record_once(actor=ACTOR, service=service, version="1", external_id="run-7", now=now) for _ in range(2)
    ]
    assert [one.is_new for one in told] == [True, False]
    assert Release.objects.count() == 1


def test_a_name_is_once_in_each_environment(service: Any, now: datetime) -> None:
    for environment in ("staging", "production"):
        record(service, now, external_id="run-7", environment=environment)
    assert Release.objects.count() == 2


def test_a_name_of_another_version_is_refused(service: Any, now: datetime) -> None:
    record(service, now, external_id="run-7")
    with pytest.raises(ReleaseOfAnotherVersion) as caught:
        record(service, now, "2", external_id="run-7")
    assert caught.value.fields == {"external_id": ["It belongs to 1."]}


@pytest.mark.parametrize(
    ("facts", "outside", "owes"),
    [
        ({}, True, True),
        ({"kind": "hotfix"}, True, True),
        ({"kind": "rollback"}, True, False),
        ({"kind": "change"}, False, False),
        ({"environment": "staging"}, False, False),
        ({"started_at": datetime(2026, 3, 2, 11, tzinfo=UTC)}, False, False),
        ({"started_at": datetime(2026, 2, 25, 12, tzinfo=UTC)}, True, False),
    ],
    ids=["normal", "hotfix", "rollback", "change", "staging", "in the window", "long past"],
)
def test_outside_its_window_it_says_so_and_owes_a_postmortem(
    service: Any, now: datetime, facts: dict[str, Any], outside: bool, owes: bool
) -> None:
    release_windows.set_window(actor=ACTOR, owner=service, definition=WEEK, now=now)
    release = record(service, now, **facts)
    assert (release.outside_window, release.owes_postmortem) == (outside, owes)


def test_what_is_known_changes_and_is_audited(service: Any, now: datetime) -> None:
    release = record(service, now, status="running")
    for _ in range(2):
        changed = releases.change_release(
            actor=ACTOR, release=release, now=now, changelog="- Faster", is_unplanned=True
        )
    assert (changed.changelog, changed.is_unplanned) == ("- Faster", True)
    entry = AuditEntry.objects.get(action="release.changed")
    assert entry.changes == {"changelog": ["", "- Faster"], "is_unplanned": [False, True]}


def test_a_new_status_is_a_stage(service: Any, now: datetime) -> None:
    release = record(service, now, status="running")
    changed = releases.change_release(actor=ACTOR, release=release, now=now + timedelta(hours=1), status="failed")
    assert (changed.status, changed.finished_at) == ("failed", now + timedelta(hours=1))
    assert [stage.status for stage in changed.stages.all()] == ["running", "failed"]


def test_what_failed_does_not_come_back(service: Any, now: datetime) -> None:
    release = record(service, now, status="failed")
    with pytest.raises(ReleaseIsOver):
        releases.change_release(actor=ACTOR, release=release, now=now, status="succeeded")


def test_what_a_release_is_does_not_change(service: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        releases.change_release(actor=ACTOR, release=record(service, now), now=now, external_id="x", environment="y")
    assert list(caught.value.fields) == ["environment", "external_id"]


def test_the_first_validation_stays(service: Any, now: datetime) -> None:
    release = record(service, now)
    for by in ("Ann", "Bob"):
        release = releases.validate_release(actor=ACTOR, release=release, by=by, now=now)
    assert (release.validated_by, release.validated_at) == ("Ann", now)


def test_a_rollback_is_a_release_that_was_not_planned(service: Any, now: datetime) -> None:
    for version, kind in (("1.9", "normal"), ("flag", "change")):
        ReleaseFactory(service=service, version=version, kind=kind, started_at=now - timedelta(days=1))
    release = record(service, now, "2.0")
    back = releases.roll_back(actor=ACTOR, release=release, reason="Errors.", now=now + timedelta(minutes=5))
    assert (back.version, back.kind, back.rollback_of, back.is_unplanned) == ("1.9", "rollback", release, True)
    release.refresh_from_db()
    assert (release.status, release.rollout_ratio, back.notes) == (
        "rolled_back",
        Decimal(0),
        "Rollback of 2.0. Errors.",
    )


def test_two_who_press_at_once_make_one_rollback(service: Any, now: datetime) -> None:
    release = record(service, now)
    made = {releases.roll_back(actor=ACTOR, release=release, version="0.9", now=now).pk for _ in range(2)}
    assert len(made) == 1


def test_without_an_earlier_version_somebody_must_say_one(service: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        releases.roll_back(actor=ACTOR, release=record(service, now), now=now)
    assert list(caught.value.fields) == ["version"]
    assert Release.objects.get().status == "succeeded"
