"""Reminders of action items: to the owner around the due date, then to the team's managers."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from portal.accounts.models import Membership
from portal.accounts.services import mails
from postmortems.domain import actions
from postmortems.domain.actions import Reminder
from postmortems.models import ActionItem, ActionItemReminder

SUBJECTS = {
    Reminder.BEFORE: "Due in two days: {title}",
    Reminder.ON: "Due today: {title}",
    Reminder.AFTER: "Overdue: {title}",
    Reminder.MANAGER: "A week overdue: {title}",
}


def remind_items_due(*, now: datetime) -> int:
    """Sends the reminders that are due and says how many mails it queued.

    A reminder is a unique row of (item, due date, kind), written with its mails: repeats send nothing twice.
    """
    horizon = now.date() + timedelta(days=3)
    near = ActionItem.objects.open().filter(due_on__lte=horizon).select_related("team", "owner").order_by("pk")
    return sum(_remind(item, now) for item in near)


def _remind(item: ActionItem, now: datetime) -> int:
    due_on = item.due_on
    if due_on is None:
        return 0
    kind = actions.reminder_due(due_on=due_on, today=now.astimezone(ZoneInfo(item.team.time_zone)).date())
    return _send(item, due_on, kind, now) if kind is not None else 0


@transaction.atomic
def _send(item: ActionItem, due_on: date, kind: Reminder, now: datetime) -> int:
    _, made = ActionItemReminder.objects.get_or_create(
        item=item, due_on=due_on, kind=kind, defaults={"reminded_at": now}
    )
    recipients = _recipients(item, kind) if made else []
    for address in recipients:
        mails.queue(
            to=address,
            subject=SUBJECTS[kind].format(title=item.title),
            text=f"{item.title}\n\nDue on {due_on:%d %b %Y}, {item.get_state_display().lower()}, owner: "
            f"{item.owner or 'nobody'}.\n\n{settings.PORTAL_BASE_URL}/action-items/{item.public_id}/edit/\n",
            now=now,
        )
    return len(recipients)


def _recipients(item: ActionItem, kind: Reminder) -> list[str]:
    """The owner; the managers when a week has passed or nobody owns it."""
    if kind != Reminder.MANAGER and item.owner is not None:
        return [item.owner.email]
    managers = Membership.objects.filter(team=item.team, role="manager", user__is_active=True).select_related("user")
    return [membership.user.email for membership in managers.order_by("pk")]
