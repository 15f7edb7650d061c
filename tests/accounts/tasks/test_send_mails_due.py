from datetime import datetime

from django.core import mail as outbox

from portal.accounts.services import mails
from portal.accounts.tasks import send_mails_due


def test_the_tick_sends_what_is_due(db: None, now: datetime) -> None:
    mails.queue(to="a@example.com", subject="Hello", text="Body", now=now)
    send_mails_due()
    assert len(outbox.outbox) == 1
