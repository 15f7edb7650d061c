from datetime import UTC, datetime

from portal.accounts import tasks
from portal.accounts.models import OutgoingMail
from portal.accounts.services import mails


def test_the_tick_forgets_what_ended_long_ago(db: None) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    mails.queue(to="a@example.com", subject="Hello", text="Body", now=long_ago)
    mails.send_mails_due(now=long_ago)
    tasks.forget_mails_due()
    assert not OutgoingMail.objects.exists()
