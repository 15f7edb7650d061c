"""The clocks of postmortems; their beat stands in `portal.beat`."""

from celery import shared_task
from django.utils import timezone

from postmortems.services import drafts, owed, reminders


@shared_task(name="postmortems.tasks.draft_required_due")
def draft_required_due() -> None:
    """Drafts the postmortems that resolved incidents owe."""
    drafts.draft_required_due(now=timezone.now())


@shared_task(name="postmortems.tasks.draft_owed_due")
def draft_owed_due() -> int:
    """Drafts the postmortems that overrides of the gate and releases outside their window owe."""
    return owed.draft_owed_due(now=timezone.now())


@shared_task(name="postmortems.tasks.remind_items_due")
def remind_items_due() -> None:
    """Reminds owners and managers of action items."""
    reminders.remind_items_due(now=timezone.now())
