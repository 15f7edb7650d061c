"""Deciding about classes of alerts, and carrying the decisions out."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from oncall.domain import alert_classes
from oncall.models import AlertReview
from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.accounts.services import audit
from portal.lib.errors import Invalid

MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A team's word on one class of one week."""

    decision: str
    is_actionable: bool | None = None
    note: str = ""
    owner_id: int | None = None
    due_on: date | None = None


@transaction.atomic
def decide(
    *, actor: Actor, team_id: int, week: date, alert_class: str, title: str, judgement: Judgement, now: datetime
) -> AlertReview:
    """Writes or rewrites the decision about `alert_class` in the week that `week` is in.

    Another decision than before opens its task again; the same one leaves a finished task alone.
    """
    _check(team_id, judgement)
    monday = _monday(week)
    before = (
        AlertReview.objects.select_for_update().filter(team_id=team_id, week=monday, alert_class=alert_class).first()
    )
    is_same = before is not None and before.decision == judgement.decision
    said = asdict(judgement) | {"title": title[:200], "decided_by_id": actor.user_id, "decided_at": now}
    said["done_at"] = before.done_at if before is not None and is_same else None
    made, _ = AlertReview.objects.update_or_create(team_id=team_id, week=monday, alert_class=alert_class, defaults=said)
    earlier = {"decision": before.decision} if before is not None else {}
    after = asdict(judgement) | {"title": made.title, "week": monday.isoformat()}
    audit.record(actor=actor, action="alert_review.decided", target=made, before=earlier, after=after, now=now)
    return made


def miss(*, actor: Actor, team_id: int, week: date, title: str, judgement: Judgement, now: datetime) -> AlertReview:
    """Notes that an alert was missing: a task to make one."""
    words = " ".join(title.split())
    if not words:
        raise Invalid(fields={"title": ["Say what should have alerted."]})
    key, _ = alert_classes.class_of(MISSING, {}, words)
    return decide(actor=actor, team_id=team_id, week=week, alert_class=key, title=words, judgement=judgement, now=now)


@transaction.atomic
def finish(*, actor: Actor, review: AlertReview, now: datetime) -> AlertReview:
    """Marks a decision as carried out; doing it again changes nothing."""
    review = AlertReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.done_at is None:
        review.done_at = now
        review.save(update_fields=["done_at"])
        audit.record(actor=actor, action="alert_review.done", target=review, after={"done_at": now}, now=now)
    return review


def _monday(week: date) -> date:
    try:
        return alert_classes.week_of(week)
    except ValueError as error:
        raise Invalid(fields={"week": [str(error)]}) from error


def _check(team_id: int, judgement: Judgement) -> None:
    errors: dict[str, list[str]] = {}
    if judgement.decision not in AlertReview.Decision.values:
        errors["decision"] = ["Choose keep, change, delete or missing."]
    if judgement.owner_id and not people.team_members(team_id).filter(pk=judgement.owner_id).exists():
        errors["owner"] = ["This person is not an active member of the team."]
    if judgement.decision not in ("keep", "") and not judgement.owner_id:
        errors["owner"] = ["A change needs somebody who makes it."]
    if errors:
        raise Invalid(fields=errors)
