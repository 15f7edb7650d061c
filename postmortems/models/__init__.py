"""The tables of postmortems and action items."""

from postmortems.models.actions import ActionItem, ActionItemReminder
from postmortems.models.documents import (
    Covers,
    ImpactRow,
    Postmortem,
    PostmortemQuerySet,
    Review,
    Revision,
    Section,
    TimelineRow,
)

__all__ = [
    "ActionItem",
    "ActionItemReminder",
    "Covers",
    "ImpactRow",
    "Postmortem",
    "PostmortemQuerySet",
    "Review",
    "Revision",
    "Section",
    "TimelineRow",
]
