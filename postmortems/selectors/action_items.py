"""What may be read of action items."""

from datetime import datetime

from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from postmortems.models import ActionItem
from postmortems.models.actions import ActionItemQuerySet


def action_items(actor: Actor) -> ActionItemQuerySet:
    """All items that `actor` may see, by priority and due date."""
    return ActionItem.objects.visible_to(actor).select_related("team", "owner", "postmortem")


def get_action_item(actor: Actor, public_id: str) -> ActionItem:
    """One item; NotFound when there is none or `actor` may not see it."""
    found = action_items(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such action item, or you may not see it.")
    return found


def open_action_items(actor: Actor) -> ActionItemQuerySet:
    """What is still to do."""
    return action_items(actor).open()


def overdue_action_items(actor: Actor, now: datetime) -> ActionItemQuerySet:
    """What should have been done before today (UTC), the longest overdue first."""
    return open_action_items(actor).filter(due_on__lt=now.date()).order_by("due_on", "priority")


def search(
    found: ActionItemQuerySet,
    *,
    now: datetime,
    text: str = "",
    show: str = "",
    owner_id: int | None = None,
    team: str = "",
) -> ActionItemQuerySet:
    """Narrows `found`; `show` is a state, or `open`, `overdue` or `mine` (the open ones of `owner_id`)."""
    if text:
        found = found.filter(title__icontains=text)
    if show in ("open", "mine", "overdue"):
        found = found.open()
    elif show:
        found = found.filter(state=show)
    if show == "overdue":
        found = found.filter(due_on__lt=now.date())
    if show == "mine":
        found = found.filter(owner_id=owner_id)
    return found.filter(team__slug=team) if team else found
