"""Ticks of the on-call app. Nothing pages through Celery: the pager is a process of its own."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from oncall.selectors import lateness
from oncall.services import (
    broken_contacts,
    calendar_sources,
    duty_notices,
    intake,
    readiness,
    recording,
    ringing,
    self_tests,
    settling,
    silent_senders,
    swaps,
    taking,
    watch,
)

TAKEN_AT_ONCE = 1000


@shared_task(name="oncall.tasks.watch_pager_due")
def watch_pager_due() -> None:
    """Tells the operator out of band when pages are late, also while no pager runs at all."""
    watch.tell_operator_due(now=lateness.database_now())


@shared_task(name="oncall.tasks.record_shifts_due")
def record_shifts_due() -> None:
    """Puts past shifts on record."""
    recording.record_due(now=timezone.now())


@shared_task(name="oncall.tasks.write_duty_notices_due")
def write_duty_notices_due() -> None:
    """Writes the mails about duty that are new."""
    duty_notices.write_due(now=timezone.now())


@shared_task(name="oncall.tasks.send_duty_notices_due")
def send_duty_notices_due() -> None:
    """Sends mails about duty; they are not pages."""
    duty_notices.send_due(now=timezone.now())


@shared_task(name="oncall.tasks.forget_duty_notices_due")
def forget_duty_notices_due() -> None:
    """Deletes old mails about duty."""
    duty_notices.forget_due(now=timezone.now())


@shared_task(name="oncall.tasks.expire_swaps_due")
def expire_swaps_due() -> None:
    """Ends offers of shifts that nobody took."""
    swaps.expire_due(now=timezone.now())


@shared_task(name="oncall.tasks.check_readiness_due")
def check_readiness_due() -> None:
    """Tells who would not be reached before they are needed."""
    readiness.check_due(now=timezone.now())


@shared_task(name="oncall.tasks.check_contacts_due")
def check_contacts_due() -> None:
    """Looks at contacts and contact points that delivered nothing for a week, and tells of what is broken."""
    now = timezone.now()
    self_tests.check_contacts_due(now=now)
    self_tests.check_points_due(now=now)
    broken_contacts.tell_due(now=now)


@shared_task(name="oncall.tasks.stop_ringing_due")
def stop_ringing_due() -> None:
    """Silences emergencies on phones whose alert is taken on."""
    ringing.stop_ringing_due(now=timezone.now())


@shared_task(name="oncall.tasks.take_incoming_due")
def take_incoming_due() -> None:
    """Acts on what senders said; the pager does the same, and either is enough."""
    taking.take_due(now=lateness.database_now(), limit=TAKEN_AT_ONCE)


@shared_task(name="oncall.tasks.fetch_calendars_due")
def fetch_calendars_due() -> None:
    """Reads calendars elsewhere that are layers of schedules."""
    calendar_sources.fetch_due(now=timezone.now())


@shared_task(name="oncall.tasks.forget_incoming_due")
def forget_incoming_due() -> None:
    """Deletes what was taken or failed longer ago than it is kept."""
    intake.forget_incoming_due(now=timezone.now(), kept_for=timedelta(days=settings.PORTAL_INCOMING_RETENTION_DAYS))


@shared_task(name="oncall.tasks.watch_silent_due")
def watch_silent_due() -> None:
    """Opens an alert for each sender that has been silent for longer than it promised."""
    silent_senders.watch_silent_due(now=timezone.now())


@shared_task(name="oncall.tasks.settle_alerts_due")
def settle_alerts_due() -> None:
    """Lets alerts go, wakes, holds and resolves them where their rows say so; the pager does the same."""
    settling.settle_due(now=lateness.database_now())
