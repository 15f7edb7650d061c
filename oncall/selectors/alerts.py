"""What may be read of alerts."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When

from oncall.domain import alert_states
from oncall.models import Alert, AlertEvent, EscalationRun, Page
from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound

ORDER = {"firing": 0, "acknowledged": 1, "resolved": 2}


def alerts(actor: Actor) -> QuerySet[Alert]:
    """All alerts that `actor` may see, open ones first, then the newest."""
    rank = Case(
        *[When(status=status, then=Value(place)) for status, place in ORDER.items()], output_field=IntegerField()
    )
    visible = Alert.objects.visible_to(actor).select_related("team", "service", "acknowledged_by")
    return visible.annotate(rank=rank).order_by("rank", "-started_at", "-pk")


def open_alerts(actor: Actor) -> QuerySet[Alert]:
    """Firing and acknowledged alerts that `actor` may see, firing ones first."""
    return alerts(actor).filter(status__in=[Alert.Status.FIRING, Alert.Status.ACKNOWLEDGED])


def with_pages(found: QuerySet[Alert]) -> QuerySet[Alert]:
    """The same alerts with their runs, pages and paged people at hand."""
    pages = Page.objects.select_related("user").order_by("due_at", "pk")
    runs = EscalationRun.objects.order_by("-pk").prefetch_related(Prefetch("pages", queryset=pages))
    return found.prefetch_related(Prefetch("runs", queryset=runs))


def settled_keys(*, source: str, dedup_keys: Collection[str], since: datetime) -> set[str]:
    """Those of `dedup_keys` with an alert of `source` that is open or was resolved after `since`; two queries for all.

    The second one is made only for the keys that have no open alert.
    """
    settled: set[str] = set()
    for wanted in (Q(status__in=alert_states.OPEN), Q(resolved_at__gt=since)):
        if missing := set(dedup_keys) - settled:
            found = Alert.objects.filter(wanted, source=source, dedup_key__in=missing)
            settled |= set(found.values_list("dedup_key", flat=True))
    return settled


def get_alert(actor: Actor, public_id: str) -> Alert:
    """One alert, or NotFound when there is none or `actor` may not see it."""
    found = alerts(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such alert, or you may not see it.")
    return found


def alert_events(alert: Alert) -> QuerySet[AlertEvent]:
    """The history of one alert, oldest first."""
    return AlertEvent.objects.filter(alert=alert).order_by("at", "pk")


def alert_events_since(at: datetime, limit: int) -> list[AlertEvent]:
    """Events from `at` on, oldest first, for sweeps: repeat with an overlap, for rows may commit late."""
    found = AlertEvent.objects.filter(at__gte=at).select_related("alert__team", "alert__service")
    return list(found.order_by("at", "pk")[:limit])


def open_counts() -> list[tuple[str, str, int]]:
    """`(severity, status, count)` of all open alerts, with the zeros."""
    rows = Alert.objects.open().values_list("severity", "status").annotate(count=Count("pk"))
    counted = {(severity, status): count for severity, status, count in rows}
    pairs = [(severity, status) for severity in Alert.Severity.values for status in alert_states.OPEN]
    return [(*pair, counted.get(pair, 0)) for pair in pairs]


def narrowed(
    found: QuerySet[Alert], *, status: str = "", severity: str = "", team: str = "", text: str = ""
) -> QuerySet[Alert]:
    """`found` cut down to a status (`open` means firing and acknowledged), a severity, a team's slug and words."""
    if status == "open":
        found = found.filter(status__in=alert_states.OPEN)
    elif status:
        found = found.filter(status=status)
    if severity:
        found = found.filter(severity=severity)
    if team:
        found = found.filter(team__slug=team)
    if text:
        found = found.filter(Q(title__icontains=text) | Q(detail__icontains=text))
    return found
