"""Working corrections and maintenance windows into the streams of SLOs."""

from datetime import datetime

from django.db import transaction

from slo.domain.windows import EPOCH, HOUR, MINUTE, watermark
from slo.models import Correction, MaintenanceWindow, Slo, SloStatus
from slo.selectors import adjustments
from slo.services import derivation, past, streams
from slo.services.derivation import OWN_KINDS


def apply_due(*, now: datetime) -> int:
    """Works corrections and windows into the streams that nobody did yet, and says how far recurring ones are."""
    done = 0
    for model in (Correction, MaintenanceWindow):
        for row in model._default_manager.filter(applied_until=None).order_by("pk"):
            apply(row, now=now)
            done += 1
        behind = model._default_manager.filter(applied_until__lt=watermark(now) - HOUR, starts_at__lt=now)
        behind.exclude(rrule="").update(applied_until=watermark(now))
    return done


@transaction.atomic
def apply(row: Correction | MaintenanceWindow, *, now: datetime) -> None:
    """Computes the time that a correction or a window touches once more, as the tables say now; it may be repeated."""
    found = Slo.objects.filter(service_id=row.service_id, archived_at=None).order_by("pk")
    if isinstance(row, Correction) and row.slo_id is not None:
        found = found.filter(pk=row.slo_id)
    for slo in found.select_related("stream"):
        if isinstance(row, Correction) or slo.excludes_maintenance:
            _apply_to(slo, row, now)
    row.applied_until = watermark(now)
    row.save(update_fields=["applied_until"])


def _apply_to(slo: Slo, row: Correction | MaintenanceWindow, now: datetime) -> None:
    had_own = slo.stream.kind in OWN_KINDS
    streams.ensure_stream(slo=slo, now=now)
    if not had_own:
        return
    (stream,) = derivation.locked([slo.stream_id])
    kept_from, end = streams.kept_from(stream, now), streams.open_end(now)
    for span in adjustments.spans_of(row, max(kept_from, row.starts_at - HOUR), end):
        streams.refill(stream, max(kept_from, span.start), min(end, span.end + MINUTE), now=now)
    if isinstance(row, Correction):
        past.adjust(stream, row, until=kept_from)
    SloStatus.objects.filter(slo=slo).update(window_end=EPOCH)
