"""The clocks' entry points."""

from celery import shared_task
from django.utils import timezone

from shortener.services import clicks, retention


@shared_task(name="shortener.tasks.drain_segments_due")
def drain_segments_due() -> None:
    """Drains what the edges shipped."""
    clicks.drain_all(now=timezone.now())


@shared_task(name="shortener.tasks.keep_click_tables")
def keep_click_tables() -> None:
    """Makes coming partitions and drops old ones."""
    retention.keep_click_tables(now=timezone.now())
