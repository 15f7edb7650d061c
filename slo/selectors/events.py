"""What this app knows to have happened around an SLO: releases, corrections, maintenance and revisions."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from portal.lib.recurrences import BadRecurrence, Span
from slo.domain.annotations import Annotation
from slo.models import MaintenanceWindow, Slo
from slo.models.adjustments import Recurring
from slo.selectors import adjustments, releases
from slo.selectors.objectives import revisions

MOST = 200


def events(slo: Slo, *, start: datetime, end: datetime) -> list[Annotation]:
    """What touches `[start, end)`, in no order, at most 200 of each kind."""
    return [
        *_releases(slo, start, end),
        *_corrections(slo, start, end),
        *_maintenance(slo, start, end),
        *_revisions(slo),
    ]


def _releases(slo: Slo, start: datetime, end: datetime) -> Iterator[Annotation]:
    url = f"{reverse('release_list')}?service={slo.service.slug}"
    for release in releases.recent_releases(service_ids=[slo.service_id], start=start, end=end)[:MOST]:
        yield Annotation(release.started_at, "release", release.version, url)


def _corrections(slo: Slo, start: datetime, end: datetime) -> Iterator[Annotation]:
    for row in adjustments.corrections_of(slo).filter(_touching(start, end))[:MOST]:
        for span in _spans(row, start, end):
            yield Annotation(span.start, "correction", f"{row.get_effect_display()}: {row.reason}", until=span.end)


def _maintenance(slo: Slo, start: datetime, end: datetime) -> Iterator[Annotation]:
    for row in MaintenanceWindow.objects.filter(_touching(start, end), service_id=slo.service_id)[:MOST]:
        for span in _spans(row, start, end):
            yield Annotation(span.start, "maintenance", row.name, until=span.end)


def _touching(start: datetime, end: datetime) -> Q:
    return Q(starts_at__lt=end) & (Q(ends_at__gt=start) | ~Q(rrule=""))


def _spans(row: Recurring, start: datetime, end: datetime) -> list[Span]:
    try:
        return adjustments.spans_of(row, start, end)[:MOST]
    except BadRecurrence:
        return []


def _revisions(slo: Slo) -> Iterator[Annotation]:
    for revision in revisions(slo)[:MOST]:
        if revision.revision > 1:
            yield Annotation(revision.valid_from, "revision", f"r{revision.revision} {revision.reason}".strip())
