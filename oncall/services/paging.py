"""Whether an alert may page now, and the run of one that may."""

from datetime import datetime

from oncall.models import Alert, EscalationRun
from oncall.services import runs


def may_page(alert: Alert) -> bool:
    """A lead that fires, that nothing holds back and nobody has put to sleep."""
    is_awake = not alert.held_by and alert.snoozed_until is None
    return alert.lead_id is None and alert.status == Alert.Status.FIRING and is_awake


def page(alert: Alert, *, now: datetime, again: bool = False) -> None:
    """Starts the run of an alert that may page; one that runs goes on, so that a repeat pages nobody twice.

    `again` asks those once more who have all been asked already.
    """
    if may_page(alert):
        exhausted = again and alert.runs.filter(status=EscalationRun.Status.EXHAUSTED).exists()
        runs.start(alert=alert, now=now, again=exhausted)


def fire_again(alert: Alert) -> bool:
    """Takes back an acknowledgement and a snooze, unsaved, and from whom has it; whether there was one."""
    was_quiet = alert.status == Alert.Status.ACKNOWLEDGED or alert.snoozed_until is not None
    alert.status, alert.acknowledged_at, alert.acknowledged_by_id = Alert.Status.FIRING, None, None
    alert.snoozed_until = alert.assigned_to_id = None
    return was_quiet
