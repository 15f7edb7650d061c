"""The tables of the shortener: links and domains in `links`, what edges deliver and what is counted in `clicks`."""

from shortener.models.clicks import (
    Click,
    ClickDay,
    ClickFacet,
    ClickHour,
    DrainDay,
    EdgeCursor,
    LinkTotal,
    MinuteOutcome,
    OrphanDay,
    Segment,
    VisitorKey,
)
from shortener.models.links import Domain, Link, LinkChange, LinkState

__all__ = [
    "Click",
    "ClickDay",
    "ClickFacet",
    "ClickHour",
    "Domain",
    "DrainDay",
    "EdgeCursor",
    "Link",
    "LinkChange",
    "LinkState",
    "LinkTotal",
    "MinuteOutcome",
    "OrphanDay",
    "Segment",
    "VisitorKey",
]
