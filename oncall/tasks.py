"""Ticks of the on-call app. Nothing pages through Celery: the pager is a process of its own."""

from celery import shared_task
from django.utils import timezone

from oncall.services import watch


@shared_task(name="oncall.tasks.watch_pager_due")
def watch_pager_due() -> None:
    """Tells the operator out of band when pages are late, also while no pager runs at all."""
    watch.tell_operator_due(now=timezone.now())
