"""Reading what budgets treat otherwise: corrections and maintenance windows, spread out over a span."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet
from portal.lib import recurrences
from portal.lib.recurrences import Recurrence, Span
from slo.domain.corrections import Adjustment, Effect
from slo.exceptions import CorrectionNotFound, MaintenanceNotFound
from slo.models import Correction, MaintenanceWindow, Slo
from slo.models.adjustments import Recurring

INSTANT = timedelta(microseconds=1)
AHEAD = (timedelta(days=31), timedelta(days=366))
Row = TypeVar("Row", bound=Recurring)


def corrections(actor: Actor) -> TeamOwnedQuerySet[Correction]:
    """The ledger as far as `actor` may see it, the latest first."""
    return Correction.objects.visible_to(actor).select_related("service__team", "slo")


def get_correction(actor: Actor, public_id: str) -> Correction:
    """One correction; CorrectionNotFound when there is none or `actor` may not see it."""
    found = corrections(actor).filter(public_id=public_id).first()
    if found is None:
        raise CorrectionNotFound
    return found


def windows(actor: Actor) -> TeamOwnedQuerySet[MaintenanceWindow]:
    """The maintenance windows that `actor` may see, the latest first."""
    return MaintenanceWindow.objects.visible_to(actor).select_related("service__team")


def get_window(actor: Actor, public_id: str) -> MaintenanceWindow:
    """One maintenance window; MaintenanceNotFound when there is none or `actor` may not see it."""
    found = windows(actor).filter(public_id=public_id).first()
    if found is None:
        raise MaintenanceNotFound
    return found


def search_corrections(
    found: TeamOwnedQuerySet[Correction], *, text: str = "", service: str = ""
) -> TeamOwnedQuerySet[Correction]:
    """Narrows the ledger by words in reason, author or SLO, and by service slug."""
    if text:
        found = found.filter(Q(reason__icontains=text) | Q(author__icontains=text) | Q(slo__name__icontains=text))
    return found.filter(service__slug=service) if service else found


def search_windows(
    found: TeamOwnedQuerySet[MaintenanceWindow], *, text: str = "", service: str = ""
) -> TeamOwnedQuerySet[MaintenanceWindow]:
    """Narrows windows by words in the name, and by service slug."""
    if text:
        found = found.filter(name__icontains=text)
    return found.filter(service__slug=service) if service else found


def next_span(window: MaintenanceWindow, now: datetime) -> Span | None:
    """The occurrence that goes on, or the next one within a year; None when there is none."""
    for ahead in AHEAD:
        for span in spans_of(window, now, now + ahead):
            return span
    return None


def maintenance_of(service_ids: Collection[int], at: datetime) -> dict[int, list[MaintenanceWindow]]:
    """The windows that hold `at`, by service; services without one are missing. One query for all services."""
    found: dict[int, list[MaintenanceWindow]] = defaultdict(list)
    for window in _alive(MaintenanceWindow.objects.filter(service_id__in=service_ids), at, at + INSTANT):
        if any(span.start <= at < span.end for span in spans_of(window, at, at + INSTANT)):
            found[window.service_id].append(window)
    return dict(found)


def spans_of(row: Recurring, start: datetime, end: datetime) -> list[Span]:
    """The occurrences of a correction or a window that touch `[start, end)`, uncut but for a cancellation."""
    rule = Recurrence(first=Span(row.starts_at, row.ends_at), rule=row.rrule, zone=row.zone)
    found = recurrences.occurrences(rule, start, end)
    cancelled_at = getattr(row, "cancelled_at", None)
    if cancelled_at is None:
        return found
    return [Span(span.start, min(span.end, cancelled_at)) for span in found if span.start < cancelled_at]


def slos_of(correction: Correction) -> QuerySet[Slo]:
    """The living SLOs that a correction concerns: one, or all of its service."""
    found = Slo.objects.filter(service_id=correction.service_id, archived_at=None).order_by("pk")
    return found if correction.slo_id is None else found.filter(pk=correction.slo_id)


def are_there_for(slo: Slo) -> bool:
    """Whether any correction or window may ever touch this SLO."""
    if corrections_of(slo).exists():
        return True
    return slo.excludes_maintenance and MaintenanceWindow.objects.filter(service_id=slo.service_id).exists()


def corrections_of(slo: Slo) -> QuerySet[Correction]:
    """The corrections that hold for this SLO, the first one first."""
    return _corrections_of([slo]).order_by("pk")


def adjustments(slos: Sequence[Slo], start: datetime, end: datetime) -> dict[int, list[Adjustment]]:
    """What touches `[start, end)`, by SLO; two queries for all of them."""
    found: dict[int, list[Adjustment]] = defaultdict(list)
    for row in _alive(_corrections_of(slos), start, end):
        spread = list(_spread(row, Effect(row.effect), start, end))
        for slo in slos:
            if row.service_id == slo.service_id and row.slo_id in {None, slo.pk}:
                found[slo.pk] += spread
    careful = [slo for slo in slos if slo.excludes_maintenance]
    services = {slo.service_id for slo in careful}
    for window in _alive(MaintenanceWindow.objects.filter(service_id__in=services), start, end):
        spread = list(_spread(window, Effect.EXCLUDE, start, end))
        for slo in careful:
            if window.service_id == slo.service_id:
                found[slo.pk] += spread
    return dict(found)


def _corrections_of(slos: Iterable[Slo]) -> QuerySet[Correction]:
    concerned = Q(slo=None, service_id__in={slo.service_id for slo in slos}) | Q(slo_id__in={slo.pk for slo in slos})
    return Correction.objects.filter(concerned, revoked_at=None)


def _alive(rows: QuerySet[Row], start: datetime, end: datetime) -> QuerySet[Row]:
    """Those that began before `end` and may come again or are not over at `start`."""
    return rows.filter(~Q(rrule="") | Q(ends_at__gt=start), starts_at__lt=end)


def _spread(row: Recurring, effect: Effect, start: datetime, end: datetime) -> Iterator[Adjustment]:
    for span in spans_of(row, start, end):
        yield Adjustment(effect, span.start, span.end)
