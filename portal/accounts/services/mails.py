"""Mails of the accounts: written as due rows, sent by a tick, tried again with growing pauses."""

from datetime import datetime, timedelta

from django.db import transaction

from portal.accounts.clients import smtp
from portal.accounts.models import OutgoingMail

BATCH = 20
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
TRIES = 24
KEPT = timedelta(days=30)


def queue(
    *,
    to: str,
    subject: str,
    text: str,
    now: datetime,
    html: str = "",
    picture: bytes = b"",
    unsubscribe_url: str = "",
) -> OutgoingMail:
    """Writes a mail that is due at once, in the caller's transaction."""
    return OutgoingMail.objects.create(
        to=to,
        subject=subject[:250],
        text=text,
        html=html,
        picture=picture,
        unsubscribe_url=unsubscribe_url,
        created_at=now,
        due_at=now,
    )


def send_mails_due(*, now: datetime) -> int:
    """Sends what is due and says how many mails went out; two runs at once share the work.

    A run that dies between the server's answer and its own commit sends that one mail again.
    """
    sent = 0
    for _ in range(BATCH):
        outcome = _send_next(now)
        if outcome is None:
            break
        sent += outcome
    return sent


def forget_mails_due(*, now: datetime) -> int:
    """Deletes the mails that were sent or given up and are older than 30 days, and says how many they were."""
    return OutgoingMail.objects.filter(due_at=None, created_at__lt=now - KEPT).delete()[0]


@transaction.atomic
def _send_next(now: datetime) -> bool | None:
    due = OutgoingMail.objects.select_for_update(skip_locked=True).filter(due_at__lte=now).order_by("due_at").first()
    if due is None:
        return None
    due.attempts += 1
    try:
        smtp.send(
            to=due.to,
            subject=due.subject,
            text=due.text,
            html=due.html,
            picture=bytes(due.picture),
            unsubscribe_url=due.unsubscribe_url,
        )
    except smtp.MailError as error:
        _failed(due, error, now)
    else:
        due.sent_at, due.error = now, ""
        _finished(due)
    due.save()
    return due.sent_at is not None


def _failed(mail: OutgoingMail, error: smtp.MailError, now: datetime) -> None:
    mail.error = str(error)[:250]
    if error.permanent or mail.attempts >= TRIES:
        _finished(mail)
        return
    mail.due_at = now + min(FIRST_PAUSE * 2 ** (mail.attempts - 1), LONGEST_PAUSE)


def _finished(mail: OutgoingMail) -> None:
    mail.due_at, mail.text, mail.html, mail.picture, mail.unsubscribe_url = None, "", "", b"", ""
