"""The library's own upkeep."""

from celery import shared_task
from django.utils import timezone

from portal.lib.api import idempotency


@shared_task(name="portal.lib.tasks.forget_answers_due")
def forget_answers_due() -> int:
    """Deletes the stored answers of Idempotency-Keys that are older than a day."""
    return idempotency.forget_before(timezone.now())
