"""Recording releases, once however often they are told, and changing what is known of them."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, TypedDict, Unpack

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.domain import releases as rules
from slo.exceptions import ReleaseIsOver, ReleaseOfAnotherVersion
from slo.models import Release
from slo.models.releases import KINDS, PRODUCTION, STATUSES, STRATEGIES
from slo.selectors import release_windows
from slo.services import stages

LONGEST_VERSION, LONGEST_ENVIRONMENT = 100, 40
PAST = timedelta(days=7)


class ReleaseFacts(TypedDict, total=False):
    """What may be said of a release, besides its service and version."""

    environment: str
    kind: str
    strategy: str
    external_id: str
    url: str
    diff_url: str
    commit: str
    committed_at: datetime | None
    changes: list[dict[str, str]]
    author: str
    notes: str
    changelog: str
    rollout_ratio: Decimal
    status: str
    is_unplanned: bool
    started_at: datetime | None
    finished_at: datetime | None
    rollback_of: Release | None


class Recorded(NamedTuple):
    """A release, and whether this call made it."""

    release: Release
    is_new: bool


CHANGEABLE = frozenset(ReleaseFacts.__optional_keys__) - {
    "environment",
    "external_id",
    "rollback_of",
    "rollout_ratio",
    "started_at",
    "strategy",
}


def record_release(
    *, actor: Actor, service: Service, version: str, now: datetime, **facts: Unpack[ReleaseFacts]
) -> Release:
    """Records a release; see `record_once`. Without an `external_id` each call is a release of its own."""
    return record_once(actor=actor, service=service, version=version, now=now, **facts).release


@transaction.atomic
def record_once(
    *, actor: Actor, service: Service, version: str, now: datetime, **facts: Unpack[ReleaseFacts]
) -> Recorded:
    """Appends a release with its first stage; `started_at` is now unless given, `author` the actor.

    The `external_id` is the pipeline's own name: a repeat for the same service, environment and version answers the
    release that is there, one for another version is refused. Outside the release window it is marked for ever.
    """
    version = version.strip()
    known = _checked(version, facts)
    found = _of_external_id(service, known)
    if found is not None:
        if found.version != version:
            raise ReleaseOfAnotherVersion(fields={"external_id": [f"It belongs to {found.version}."]})
        return Recorded(found, is_new=False)
    started_at = known.pop("started_at", None) or now
    _require_times(started_at, known.get("finished_at"), now)
    outside = _outside_window(service, known, started_at, now)
    known["author"] = known.get("author") or actor.label[:120]
    release = Release.objects.create(
        service=service, version=version, started_at=started_at, created_at=now, **outside, **known
    )
    stages.append_first(release=release, actor=actor, now=now)
    audit.record(actor=actor, action="release.recorded", target=release, after=_told(release), now=now)
    return Recorded(release, is_new=True)


@transaction.atomic
def change_release(*, actor: Actor, release: Release, now: datetime, **facts: Unpack[ReleaseFacts]) -> Release:
    """Changes what is known of a release; a new status is a stage as well. Saying the same again changes nothing."""
    _require_changeable(facts)
    known = _checked(release.version, facts)
    locked = Release.objects.select_for_update(of=("self",)).select_related("service__team").get(pk=release.pk)
    before = {name: getattr(locked, name) for name in known}
    changed = {name: value for name, value in known.items() if before[name] != value}
    if not changed:
        return locked
    _require_times(locked.started_at, changed.get("finished_at"), now)
    status = changed.pop("status", None)
    if status is not None and locked.status in rules.CLOSED:
        raise ReleaseIsOver
    for name, value in changed.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changed))
    if status is not None:
        stages.append(release=locked, actor=actor, at=now, rollout_ratio=locked.rollout_ratio, status=status, now=now)
    audit.record(actor=actor, action="release.changed", target=locked, before=before, after=known, now=now)
    return locked


@transaction.atomic
def validate_release(*, actor: Actor, release: Release, now: datetime, by: str = "") -> Release:
    """A named person says that the release works; the first one stays."""
    locked = Release.objects.select_for_update(of=("self",)).select_related("service__team").get(pk=release.pk)
    if locked.validated_at is not None:
        return locked
    locked.validated_by, locked.validated_at = (by.strip() or actor.label)[:160], now
    locked.save(update_fields=["validated_by", "validated_at"])
    after = {"validated_by": locked.validated_by, "validated_at": now}
    audit.record(actor=actor, action="release.validated", target=locked, after=after, now=now)
    return locked


@transaction.atomic
def roll_back(*, actor: Actor, release: Release, now: datetime, reason: str = "", version: str = "") -> Release:
    """Records the rollback of a release, which is a release itself and was never planned; asked again, the same one.

    It leads to `version`, or to what succeeded before in the environment. The release itself is over.
    """
    locked = Release.objects.select_for_update(of=("self",)).select_related("service__team").get(pk=release.pk)
    done = locked.rollbacks.select_related("service__team", "rollback_of").first()
    if done is not None:
        return done
    target = version.strip() or _version_before(locked)
    if not target:
        raise Invalid(fields={"version": ["Nothing succeeded here before: say which version it goes back to."]})
    stages.append(release=locked, actor=actor, at=now, rollout_ratio=Decimal(0), status="rolled_back", now=now)
    facts: ReleaseFacts = {"environment": locked.environment, "kind": "rollback", "rollback_of": locked}
    facts["notes"] = f"Rollback of {locked.version}. {reason.strip()}".strip()[:4000]
    return record_release(actor=actor, service=locked.service, version=target, now=now, **facts)


def _version_before(release: Release) -> str:
    earlier = Release.objects.filter(
        service=release.service_id,
        environment=release.environment,
        status="succeeded",
        started_at__lt=release.started_at,
    ).exclude(kind="change")
    found = earlier.exclude(version=release.version).first()
    return found.version if found is not None else ""


def _of_external_id(service: Service, known: dict[str, Any]) -> Release | None:
    """The release of this name; whoever records one of a service waits for whoever does so at the same time."""
    name = known.get("external_id", "")
    if not name:
        return None
    Service.objects.select_for_update().get(pk=service.pk)
    environment = known.get("environment", PRODUCTION)
    found = Release.objects.filter(service=service, environment=environment, external_id=name)
    return found.select_related("service__team", "rollback_of").first()


def _outside_window(service: Service, known: dict[str, Any], at: datetime, now: datetime) -> dict[str, bool]:
    """A production release outside its window owes a postmortem, unless it took something back or is long past."""
    kind = known.get("kind", "normal")
    if known.get("environment", PRODUCTION) != PRODUCTION or kind == "change":
        return {}
    window = release_windows.window_at(service.pk, at)
    outside = window is not None and not window.is_open
    return {"outside_window": outside, "owes_postmortem": outside and kind != "rollback" and now - at < PAST}


def _checked(version: str, facts: ReleaseFacts) -> dict[str, Any]:
    """The facts as the table keeps them; Invalid with everything that is wrong."""
    known: dict[str, Any] = dict(facts)
    problems = rules.wrong_choices(known, {"status": STATUSES, "kind": KINDS, "strategy": STRATEGIES})
    if not 0 < len(version) <= LONGEST_VERSION:
        problems["version"] = [f"Say which version it is, in at most {LONGEST_VERSION} characters."]
    if wrong := rules.wrong_ratio(known.get("rollout_ratio", Decimal(1))):
        problems["percentage"] = [wrong]
    if "environment" in known:
        known["environment"] = known["environment"].strip() or PRODUCTION
        if len(known["environment"]) > LONGEST_ENVIRONMENT:
            problems["environment"] = [f"Give at most {LONGEST_ENVIRONMENT} characters."]
    if "changes" in known:
        known["changes"], in_changes = rules.changes_of(known["changes"])
        problems |= in_changes
    if problems:
        raise Invalid(fields=problems)
    return known | ({"is_unplanned": True} if known.get("kind") == "rollback" else {})


def _require_times(started_at: datetime, finished_at: datetime | None, now: datetime) -> None:
    if problems := rules.wrong_times(started_at, finished_at, now):
        raise Invalid(fields=problems)


def _require_changeable(facts: ReleaseFacts) -> None:
    fixed = sorted("percentage" if name == "rollout_ratio" else name for name in set(facts) - CHANGEABLE)
    if fixed:
        raise Invalid(fields={name: ["This does not change any more."] for name in fixed})


def _told(release: Release) -> dict[str, Any]:
    names = ("version", "environment", "kind", "status", "rollout_ratio", "outside_window", "external_id")
    return {name: str(getattr(release, name)) for name in names if getattr(release, name) != ""}
