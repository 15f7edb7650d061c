"""What a team looks back on each week: the classes of alerts that fired, and what was decided about them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from oncall.domain import alert_classes
from oncall.domain.alert_classes import AlertClass, Fired
from oncall.models import Alert, AlertReview, Page
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.lib.errors import NotFound

MONTHS = 6
MOST = 5000


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A class of the week with this week's decision, and the latest one before it."""

    alerts: AlertClass
    decision: AlertReview | None
    before: AlertReview | None


@dataclass(frozen=True, slots=True)
class Month:
    """How loud a month was; `actionable_ratio` is of the classes that were judged, None where none was."""

    month: date
    fired: int
    paged: int
    at_night: int
    judged: int
    actionable_ratio: float | None


def week(team: Team, monday: date) -> list[Reviewed]:
    """Each class of alerts that fired for the team in that week, on the team's clock, the loudest first."""
    zone = ZoneInfo(team.time_zone)
    begins, ends = alert_classes.span_of_week(monday, zone)
    found = alert_classes.classes(_fired(team, begins, ends), zone)
    decided = list(AlertReview.objects.filter(team=team, week__lte=monday).select_related("owner", "decided_by"))
    this_week = {one.alert_class: one for one in decided if one.week == monday}
    earlier: dict[str, AlertReview] = {}
    for one in sorted(decided, key=lambda review: review.week):
        if one.week < monday:
            earlier[one.alert_class] = one
    return [Reviewed(one, this_week.get(one.key), earlier.get(one.key)) for one in found]


def missing(team: Team, monday: date) -> QuerySet[AlertReview]:
    """What the team missed an alert for in that week."""
    found = AlertReview.objects.filter(team=team, week=monday, decision=AlertReview.Decision.MISSING)
    return found.select_related("owner")


def tasks(actor: Actor) -> QuerySet[AlertReview]:
    """Decisions that are to be carried out and are not yet, the longest due first."""
    visible = AlertReview.objects.visible_to(actor).exclude(decision=AlertReview.Decision.KEEP)
    return visible.filter(done_at=None).select_related("team", "owner").order_by("due_on", "week", "pk")


def get_review(actor: Actor, public_id: str) -> AlertReview:
    """One decision, or NotFound."""
    found = AlertReview.objects.visible_to(actor).select_related("team", "owner").filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such decision, or you may not see it.")
    return found


def months(team: Team, *, now: datetime, count: int = MONTHS) -> list[Month]:
    """The last months of the team's clock, the oldest first, this one so far."""
    zone = ZoneInfo(team.time_zone)
    first = now.astimezone(zone).date().replace(day=1)
    starts = [_months_back(first, back) for back in range(count - 1, -1, -1)]
    begins, _ = alert_classes.span_of_week(starts[0], zone)
    alerts = list(_fired(team, begins, now))
    reviews = list(AlertReview.objects.filter(team=team, week__gte=starts[0], is_actionable__isnull=False))
    return [_month(start, alerts, reviews, zone) for start in starts]


def _month(start: date, alerts: Iterable[Fired], reviews: Iterable[AlertReview], zone: ZoneInfo) -> Month:
    own = [one for one in alerts if one.started_at.astimezone(zone).date().replace(day=1) == start]
    loud = alert_classes.classes(own, zone)
    judged = Counter(one.is_actionable for one in reviews if one.week.replace(day=1) == start)
    return Month(
        month=start,
        fired=len(own),
        paged=sum(one.paged for one in loud),
        at_night=sum(one.at_night for one in loud),
        judged=judged.total(),
        actionable_ratio=judged[True] / judged.total() if judged.total() else None,
    )


def _fired(team: Team, begins: datetime, ends: datetime) -> Iterable[Fired]:
    alerts = Alert.objects.filter(team=team, started_at__gte=begins, started_at__lt=ends, is_test=False)
    sent = Count("runs__pages", filter=Q(runs__pages__status=Page.Status.SENT))
    for alert in alerts.annotate(paged=sent).order_by("-started_at")[:MOST]:
        key, title = alert_classes.class_of(alert.source, _labels(alert), alert.title)
        yield Fired(
            key=key,
            title=title,
            severity=alert.severity,
            started_at=alert.started_at,
            acknowledged_at=alert.acknowledged_at,
            resolved_at=alert.resolved_at,
            paged=vars(alert)["paged"],
            was_answered=alert.acknowledged_by_id is not None or alert.resolved_by_id is not None,
        )


def _labels(alert: Alert) -> Mapping[str, str]:
    return {str(name): str(value) for name, value in (alert.labels or {}).items()}


def _months_back(first: date, back: int) -> date:
    for _ in range(back):
        first = (first - timedelta(days=1)).replace(day=1)
    return first
