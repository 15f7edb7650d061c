"""The clock of the accounts; its beat stands in `portal.beat`."""

from celery import shared_task
from django.utils import timezone

from portal.accounts.services import mails


@shared_task(name="portal.accounts.tasks.send_mails_due")
def send_mails_due() -> None:
    """Sends the account mails that are due."""
    mails.send_mails_due(now=timezone.now())


@shared_task(name="portal.accounts.tasks.forget_mails_due")
def forget_mails_due() -> None:
    """Deletes the account mails that ended more than 30 days ago."""
    mails.forget_mails_due(now=timezone.now())
