"""The clocks' entry points."""

from celery import shared_task
from django.utils import timezone

from shortener.services import clicks, deliveries, ends, quotas, retention, trash, uniques, usage


@shared_task(name="shortener.tasks.drain_segments_due")
def drain_segments_due() -> None:
    """Drains what the edges shipped."""
    clicks.drain_all(now=timezone.now())


@shared_task(name="shortener.tasks.count_visitors_due")
def count_visitors_due() -> None:
    """Counts the different visitors of days that have new clicks."""
    uniques.count_due(now=timezone.now())


@shared_task(name="shortener.tasks.keep_click_tables")
def keep_click_tables() -> None:
    """Makes coming partitions and drops old ones."""
    retention.keep_click_tables(now=timezone.now())


@shared_task(name="shortener.tasks.deliver_events_due")
def deliver_events_due() -> None:
    """Posts events to webhooks."""
    deliveries.deliver_due(clock=timezone.now)


@shared_task(name="shortener.tasks.tell_ends_due")
def tell_ends_due() -> None:
    """Tells webhooks of links that expired or reached their limit."""
    ends.tell_ends_due(now=timezone.now())


@shared_task(name="shortener.tasks.forget_deliveries_due")
def forget_deliveries_due() -> None:
    """Deletes old deliveries of webhooks."""
    deliveries.forget_deliveries(now=timezone.now())


@shared_task(name="shortener.tasks.purge_trash_due")
def purge_trash_due() -> None:
    """Empties the tombstones whose days in the trash are over."""
    trash.purge_due(now=timezone.now())


@shared_task(name="shortener.tasks.count_usage_due")
def count_usage_due() -> None:
    """Sums up what owners used this month."""
    usage.count_usage_due(now=timezone.now())


@shared_task(name="shortener.tasks.warn_quotas_due")
def warn_quotas_due() -> None:
    """Tells managers of quotas that are nearly used up."""
    quotas.warn_quotas_due(now=timezone.now())
