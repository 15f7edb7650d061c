"""What may be read of alerts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from oncall.domain import alert_states, deadlines, matchers
from oncall.domain.matchers import Matcher
from oncall.models import Alert, AlertEvent, EscalationRun, Page
from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound

MOST_VALUES = 10_000
ORDER = ("firing", "acknowledged", "resolved")
SORTS = {
    "": "Firing first",
    "newest": "Newest first",
    "oldest": "Oldest first",
    "severity": "Worst first",
    "fired": "Fired most often",
}


def alerts(actor: Actor) -> QuerySet[Alert]:
    """All alerts that `actor` may see, open ones first, then the newest."""
    rank = _place("status", ORDER)
    visible = Alert.objects.visible_to(actor).select_related("team", "service", "acknowledged_by", "assigned_to")
    return visible.annotate(rank=rank).order_by("rank", "-started_at", "-pk")


def leads(actor: Actor) -> QuerySet[Alert]:
    """The alerts that `actor` may see without the members of groups, each with `member_count`, the open ones of it."""
    mine = Alert.objects.open().filter(lead=OuterRef("pk")).order_by().values("lead").annotate(count=Count("pk"))
    counted = Coalesce(Subquery(mine.values("count")), 0, output_field=IntegerField())
    return alerts(actor).filter(lead=None).annotate(member_count=counted)


def ordered(found: QuerySet[Alert], sort: str) -> QuerySet[Alert]:
    """`found` in one of the SORTS; any other word leaves the order as it is."""
    if sort == "severity":
        return found.order_by(_place("severity", alert_states.SEVERITIES), "-started_at", "-pk")
    columns = {"newest": ["-started_at", "-pk"], "oldest": ["started_at", "pk"], "fired": ["-joined_count", "-pk"]}
    return found.order_by(*columns[sort]) if sort in columns else found


def _place(column: str, words: Sequence[str]) -> Case:
    """Where the word in a column stands among `words`."""
    return Case(
        *[When(**{column: word}, then=Value(place)) for place, word in enumerate(words)], output_field=IntegerField()
    )


def open_alerts(actor: Actor) -> QuerySet[Alert]:
    """Firing and acknowledged alerts that `actor` may see, firing ones first, a group by its lead."""
    return leads(actor).filter(status__in=alert_states.OPEN)


def open_members(lead: Alert) -> QuerySet[Alert]:
    """All members of a group, those that are open first."""
    return lead.members.select_related("service", "inhibited_by").order_by("resolved_at", "-started_at", "-pk")


def with_pages(found: QuerySet[Alert]) -> QuerySet[Alert]:
    """The same alerts with their runs, pages and paged people at hand."""
    pages = Page.objects.select_related("user").order_by("due_at", "pk")
    runs = EscalationRun.objects.order_by("-pk").prefetch_related(Prefetch("pages", queryset=pages))
    return found.prefetch_related(Prefetch("runs", queryset=runs))


def keys(found: QuerySet[Alert]) -> QuerySet[Any]:
    """The primary keys of `found` alone: whole rows are five times as dear to sort as they are to fetch by key."""
    return found.values_list("pk", flat=True)


def rows(actor: Actor, pks: Sequence[int]) -> list[Alert]:
    """The leads of these keys in their order, with what a row of the inbox shows; a constant number of queries."""
    found = {one.pk: one for one in with_pages(leads(actor).filter(pk__in=list(pks)))}
    return [found[pk] for pk in pks if pk in found]


def settled_keys(*, source: str, dedup_keys: Collection[str], since: datetime) -> set[str]:
    """Those of `dedup_keys` with an alert of `source` that is open or was resolved after `since`; two queries for all.

    A lead that is open for its members only, because its own condition has ended, does not count.

    The second one is made only for the keys that have no open alert.
    """
    settled: set[str] = set()
    for wanted in (Q(status__in=alert_states.OPEN, quiet_since=None), Q(resolved_at__gt=since)):
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


def get_alerts(actor: Actor, public_ids: Sequence[str]) -> list[Alert]:
    """Alerts in the order in which they are named, by one query; NotFound where `actor` may not see one of them."""
    found = {one.public_id: one for one in alerts(actor).filter(public_id__in=public_ids)}
    if len(found) < len(set(public_ids)):
        raise NotFound("There is no such alert, or you may not see it.")
    return [found[one] for one in public_ids]


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


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What to look for; what is empty leaves everything in. `status` open means firing and acknowledged.

    `overdue_at` finds what should have been taken on before that instant, and was not.
    """

    status: str = ""
    severity: str = ""
    team: str = ""
    service: str = ""
    text: str = ""
    mine: bool = False
    held: bool | None = None
    snoozed: bool | None = None
    labels: Sequence[Matcher] = ()
    group: str = ""
    overdue_at: datetime | None = None
    team_ids: Collection[int] = ()


def narrowed(found: QuerySet[Alert], wanted: Narrowing, *, user_id: int | None = None) -> QuerySet[Alert]:
    """`found` cut down to what is wanted; `mine` is what `user_id` acknowledged, has been given or was paged for."""
    if wanted.status == "open":
        found = found.filter(status__in=alert_states.OPEN)
    elif wanted.status:
        found = found.filter(status=wanted.status)
    named: dict[str, Any] = {"severity": wanted.severity, "team__slug": wanted.team, "service__slug": wanted.service}
    named |= {"lead__public_id": wanted.group, "team__in": wanted.team_ids}
    found = found.filter(**{name: value for name, value in named.items() if value})
    if wanted.text:
        found = found.filter(Q(title__icontains=wanted.text) | Q(detail__icontains=wanted.text))
    if wanted.held is not None:
        found = found.exclude(held_by="") if wanted.held else found.filter(held_by="")
    if wanted.snoozed is not None:
        found = found.filter(snoozed_until__isnull=not wanted.snoozed)
    if wanted.mine:
        found = _of_person(found, user_id)
    if wanted.overdue_at is not None:
        found = _overdue(found, wanted.overdue_at)
    return _labelled(found, wanted.labels)


def _labelled(found: QuerySet[Alert], wanted: Sequence[Matcher]) -> QuerySet[Alert]:
    """Matchers as routes and silences know them: patterns are held against the values that are there."""
    for place, one in enumerate(wanted):
        if one.op in ("=", "!=") and one.value:
            has = Q(labels__contains={one.name: one.value})
            found = found.filter(has) if one.op == "=" else found.exclude(has)
            continue
        said = Coalesce(_text_of(one.name), Value(""), output_field=TextField())
        values = found.order_by().annotate(said=said).values_list("said", flat=True).distinct()[:MOST_VALUES]
        good = [value for value in values if matchers.holds(one, {one.name: value})]
        found = found.alias(**{f"label_{place}": said}).filter(**{f"label_{place}__in": good})
    return found


def _text_of(name: str) -> Func:
    return Func(F("labels"), Value(name), function="jsonb_extract_path_text", output_field=TextField())


def _overdue(found: QuerySet[Alert], at: datetime) -> QuerySet[Alert]:
    late = Q()
    for severity, within in deadlines.WITHIN.items():
        late |= Q(severity=severity, started_at__lt=at - within)
    return found.filter(late, status=alert_states.FIRING, held_by="", snoozed_until=None, lead=None)


def _of_person(found: QuerySet[Alert], user_id: int | None) -> QuerySet[Alert]:
    if user_id is None:
        return found.none()
    paged = Page.objects.filter(user_id=user_id).values("run__alert")
    return found.filter(Q(acknowledged_by=user_id) | Q(assigned_to=user_id) | Q(pk__in=paged))
