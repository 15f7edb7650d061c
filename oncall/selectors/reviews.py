"""What a team looks back on each week: the classes of alerts that fired, and what was decided about them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncMonth

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
    """The last months of the team's clock, the oldest first, this one so far; every alert counts, however many."""
    zone = ZoneInfo(team.time_zone)
    first = now.astimezone(zone).date().replace(day=1)
    starts = [_months_back(first, back) for back in range(count - 1, -1, -1)]
    begins, _ = alert_classes.span_of_week(starts[0], zone)
    counted, pages = _counted(team, begins, now, zone), _pages(team, begins, now, zone)
    reviews = list(AlertReview.objects.filter(team=team, week__gte=starts[0], is_actionable__isnull=False))
    return [_month(start, counted.get(start, (0, 0)), pages.get(start, 0), reviews) for start in starts]


def is_cut(rows: Iterable[Reviewed]) -> bool:
    """Whether a week had more alerts than a review looks at."""
    return sum(row.alerts.fired for row in rows) >= MOST


def _month(start: date, counted: tuple[int, int], paged: int, reviews: Iterable[AlertReview]) -> Month:
    judged = Counter(one.is_actionable for one in reviews if one.week.replace(day=1) == start)
    return Month(
        month=start,
        fired=counted[0],
        paged=paged,
        at_night=counted[1],
        judged=judged.total(),
        actionable_ratio=judged[True] / judged.total() if judged.total() else None,
    )


def _counted(team: Team, begins: datetime, ends: datetime, zone: ZoneInfo) -> Mapping[date, tuple[int, int]]:
    """(alerts, those at night) by the first day of their month."""
    evening, morning = (one.hour for one in alert_classes.NIGHT)
    found = Alert.objects.filter(team=team, started_at__gte=begins, started_at__lt=ends, is_test=False)
    by_month = found.annotate(
        month=TruncMonth("started_at", tzinfo=zone), hour=ExtractHour("started_at", tzinfo=zone)
    ).values("month")
    at_night = Count("pk", filter=Q(hour__gte=evening) | Q(hour__lt=morning))
    rows = by_month.annotate(fired=Count("pk"), at_night=at_night).values_list("month", "fired", "at_night")
    return {month.date(): (fired, nights) for month, fired, nights in rows.order_by("month")}


def _pages(team: Team, begins: datetime, ends: datetime, zone: ZoneInfo) -> Mapping[date, int]:
    """Pages that went out for the alerts of each month."""
    alerts = Alert.objects.filter(team=team, started_at__gte=begins, started_at__lt=ends, is_test=False)
    sent = Page.objects.filter(status=Page.Status.SENT, run__alert__in=alerts)
    rows = sent.annotate(month=TruncMonth("run__alert__started_at", tzinfo=zone)).values("month")
    return {month.date(): count for month, count in rows.annotate(Count("pk")).values_list("month", "pk__count")}


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
