"""The clocks of incidents; their beat stands in `portal.beat`."""

from celery import shared_task
from django.utils import timezone

from incidents.services import sweeps, updates


@shared_task(name="incidents.tasks.collect_timelines_due")
def collect_timelines_due() -> None:
    """Brings the timelines of open incidents up to now."""
    sweeps.collect_timelines_due(now=timezone.now())


@shared_task(name="incidents.tasks.remind_updates_due")
def remind_updates_due() -> None:
    """Reminds commanders of updates that are late."""
    updates.remind_updates_due(now=timezone.now())
