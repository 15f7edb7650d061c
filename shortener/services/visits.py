"""Visits that the portal itself answers: in a deployment without edges, and behind a preview page."""

import secrets
from datetime import datetime

from shortener.domain.segments import ClickRecord, encode
from shortener.domain.tallies import microseconds
from shortener.models import Link, Segment

EDGE = "portal"
STEP_BITS = 62


def record_visit(
    *,
    link: Link,
    status: int,
    host: str,
    referrer: str,
    user_agent: str,
    address: str,
    language: str,
    rule: int = 0,
    variant: int = 0,
    opted_out: bool = False,
    now: datetime,
) -> None:
    """Puts one click where the edges put theirs, so that the same drain counts it, exactly once."""
    record = ClickRecord(
        at_us=microseconds(now),
        link_id=link.pk,
        status=status,
        good=True,
        host=host,
        slug=link.slug,
        referrer=referrer,
        user_agent=user_agent,
        address=address,
        language=language,
        rule=rule,
        variant=variant,
        opted_out=opted_out,
    )
    Segment.objects.create(edge=EDGE, number=secrets.randbits(STEP_BITS), offset=0, body=encode(record))
