"""Stages of releases: appended, never changed; the latest one is what the release's row says."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from slo.domain.releases import AHEAD, CLOSED, stage_name, wrong_choices, wrong_ratio
from slo.exceptions import ReleaseIsOver
from slo.models import Release, ReleaseStage
from slo.models.releases import STATUSES

NAME, NOTE = 100, 500


@transaction.atomic
def move_release(
    *,
    actor: Actor,
    release: Release,
    rollout_ratio: Decimal,
    now: datetime,
    status: str = "",
    name: str = "",
    note: str = "",
    at: datetime | None = None,
) -> ReleaseStage:
    """The release reaches another share of all. At 100 % it has succeeded, unless `status` says otherwise.

    The same share and status twice is one stage. A stage that is told late stands in its place and moves nothing.
    """
    locked = Release.objects.select_for_update(of=("self",)).select_related("service__team").get(pk=release.pk)
    status = status or ("succeeded" if rollout_ratio == 1 else "running")
    _check(rollout_ratio, status, name, note)
    _check_time(locked, at, now)
    if locked.status in CLOSED:
        raise ReleaseIsOver
    last = locked.stages.last()
    if last is not None and (last.rollout_ratio, last.status) == (rollout_ratio, status) and at is None:
        return last
    before = {"rollout_ratio": locked.rollout_ratio, "status": locked.status}
    stage = append(
        release=locked,
        actor=actor,
        at=at or now,
        rollout_ratio=rollout_ratio,
        status=status,
        name=name,
        note=note,
        now=now,
    )
    after = {"rollout_ratio": rollout_ratio, "status": status}
    audit.record(actor=actor, action="release.moved", target=locked, before=before, after=after, now=now)
    return stage


def append_first(*, release: Release, actor: Actor, now: datetime) -> ReleaseStage:
    """The stage that a release begins with."""
    return append(
        release=release,
        actor=actor,
        at=release.started_at,
        rollout_ratio=release.rollout_ratio,
        status=release.status,
        now=now,
    )


def append(
    *,
    release: Release,
    actor: Actor,
    at: datetime,
    rollout_ratio: Decimal,
    status: str,
    now: datetime,
    name: str = "",
    note: str = "",
) -> ReleaseStage:
    """Appends a stage and lets the release follow its latest one; for callers that hold its row and write the audit."""
    name = name.strip() or _name(release, rollout_ratio, status)
    stage = ReleaseStage.objects.create(
        release=release,
        at=at,
        name=name[:NAME],
        rollout_ratio=rollout_ratio,
        status=status,
        note=note.strip(),
        author=actor.label[:160],
        created_at=now,
    )
    latest = release.stages.order_by("-at", "-pk")[0]
    release.rollout_ratio, release.status = latest.rollout_ratio, latest.status
    if latest.status == "running":
        release.finished_at = None
    elif release.finished_at is None:
        release.finished_at = latest.at
    release.save(update_fields=["rollout_ratio", "status", "finished_at"])
    return stage


def _name(release: Release, ratio: Decimal, status: str) -> str:
    if status in CLOSED:
        return dict(STATUSES)[status].lower()
    return stage_name(release.strategy, ratio)


def _check(ratio: Decimal, status: str, name: str, note: str) -> None:
    problems = wrong_choices({"status": status}, {"status": STATUSES})
    if wrong := wrong_ratio(ratio):
        problems["percentage"] = [wrong]
    for field, text, longest in (("name", name, NAME), ("note", note, NOTE)):
        if len(text.strip()) > longest:
            problems[field] = [f"Give at most {longest} characters."]
    if problems:
        raise Invalid(fields=problems)


def _check_time(release: Release, at: datetime | None, now: datetime) -> None:
    if at is not None and at > now + AHEAD:
        raise Invalid(fields={"at": ["A stage lies in the past."]})
    if at is not None and at < release.started_at:
        raise Invalid(fields={"at": [f"The release began later, at {release.started_at.isoformat()}."]})
