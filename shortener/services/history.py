"""Clicks of the past, for imports and for the demo: they go the way of every click."""

from collections.abc import Sequence
from datetime import datetime

from shortener.domain import segments
from shortener.domain.segments import ClickRecord
from shortener.models import Segment
from shortener.services import clicks


def add_clicks(*, records: Sequence[ClickRecord], source: str, number: int, now: datetime) -> int:
    """Delivers `records` as one run of a segment and drains it; returns how many clicks were counted.

    `source` and `number` are the run's identity: delivered again, it is dropped as a repeat.
    """
    if not records:
        return 0
    body = b"".join(map(segments.encode, records))
    latest = datetime.fromtimestamp(max(record.at_us for record in records) / 1_000_000, now.tzinfo)
    Segment.objects.create(
        edge=source, number=number, offset=segments.HEADER_BYTES, body=body, received_at=min(latest, now)
    )
    return clicks.drain_all(now=now).clicks
