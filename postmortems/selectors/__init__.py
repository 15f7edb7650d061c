"""What other apps may read: start here."""

from postmortems.models import ActionItem
from postmortems.selectors.action_items import (
    action_items,
    get_action_item,
    open_action_items,
    overdue_action_items,
)
from postmortems.selectors.documents import findings, get_postmortem, postmortem_of, postmortems, service_panel

__all__ = [
    "ActionItem",
    "action_items",
    "findings",
    "get_action_item",
    "get_postmortem",
    "open_action_items",
    "overdue_action_items",
    "postmortem_of",
    "postmortems",
    "service_panel",
]
