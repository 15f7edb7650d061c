"""Mails about duty: a tick writes what is new as rows, another hands due rows to the mails of accounts. Not pages."""

from datetime import datetime, timedelta

from django.db import transaction

from oncall.models import DutyNotice
from oncall.selectors import duty_news
from portal.accounts.services import mails

BATCH = 100
KEPT = timedelta(days=120)
SUBJECT, KEY = 200, 255


def write_due(*, now: datetime) -> int:
    """Writes a row for all that people are to be told and were not; a repeat writes nothing. Says how many are new."""
    found = list(duty_news.news(now))
    known = DutyNotice.objects.filter(key__in=[one.key for one in found]).values_list("key", flat=True)
    rows = [
        DutyNotice(
            user=one.user,
            key=one.key[:KEY],
            subject=one.subject[:SUBJECT],
            body=one.body,
            due_at=now,
            created_at=now,
        )
        for one in duty_news.unwritten(found, known)
    ]
    DutyNotice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def send_due(*, now: datetime) -> int:
    """Hands what is due to the queue of mails, which tries again by itself; says how many.

    Both are rows of one database, so that each goes out once. Whoever was deactivated hears nothing.
    """
    due = DutyNotice.objects.filter(sent_at=None, given_up_at=None, due_at__lte=now).order_by("due_at", "pk")
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).select_related("user")[:BATCH])
    for row in rows:
        row.tries += 1
        if row.user.is_active:
            mails.queue(to=row.user.email, subject=row.subject, text=row.body, now=now)
            row.sent_at = now
        else:
            row.given_up_at = now
    DutyNotice.objects.bulk_update(rows, ["tries", "sent_at", "given_up_at"])
    return sum(1 for row in rows if row.sent_at)


def forget_due(*, now: datetime) -> int:
    """Deletes what ended so long ago that no tick could write it again."""
    return DutyNotice.objects.filter(due_at__lt=now - KEPT).exclude(sent_at=None, given_up_at=None).delete()[0]
