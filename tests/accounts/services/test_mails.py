from datetime import datetime, timedelta

import pytest
from django.core import mail as outbox

from portal.accounts.clients import smtp
from portal.accounts.models import OutgoingMail
from portal.accounts.services import mails


@pytest.fixture
def waiting(db: None, now: datetime) -> OutgoingMail:
    return mails.queue(to="a@example.com", subject="Hello", text="Body", now=now)


class Refusing:
    """A mail server that takes nothing."""

    def __init__(self, *, permanent: bool) -> None:
        self.permanent = permanent

    def __call__(self, **mail: str) -> None:
        raise smtp.MailError("not now", permanent=self.permanent)


def test_a_due_mail_goes_out_once(waiting: OutgoingMail, now: datetime) -> None:
    assert mails.send_mails_due(now=now) == 1
    assert mails.send_mails_due(now=now) == 0
    assert [sent.subject for sent in outbox.outbox] == ["Hello"]


def test_what_was_sent_is_wiped(waiting: OutgoingMail, now: datetime) -> None:
    mails.send_mails_due(now=now)
    waiting.refresh_from_db()
    assert (waiting.sent_at, waiting.text, waiting.due_at) == (now, "", None)


def test_a_mail_waits_for_its_time(waiting: OutgoingMail, now: datetime) -> None:
    assert mails.send_mails_due(now=now - timedelta(seconds=1)) == 0


def test_a_failure_is_tried_again_with_growing_pauses(
    waiting: OutgoingMail, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "send", Refusing(permanent=False))
    mails.send_mails_due(now=now)
    mails.send_mails_due(now=now + timedelta(seconds=30))
    waiting.refresh_from_db()
    assert (waiting.attempts, waiting.error) == (2, "not now")
    assert waiting.due_at == now + timedelta(seconds=90)


def test_a_refused_address_is_given_up(waiting: OutgoingMail, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "send", Refusing(permanent=True))
    mails.send_mails_due(now=now)
    waiting.refresh_from_db()
    assert (waiting.due_at, waiting.sent_at, waiting.text) == (None, None, "")


def test_a_mail_that_went_out_is_forgotten_after_a_month(waiting: OutgoingMail, now: datetime) -> None:
    mails.send_mails_due(now=now)
    assert mails.forget_mails_due(now=now + timedelta(days=30)) == 0
    assert mails.forget_mails_due(now=now + timedelta(days=30, seconds=1)) == 1
    assert not OutgoingMail.objects.exists()


def test_a_mail_that_still_waits_is_kept_however_old(waiting: OutgoingMail, now: datetime) -> None:
    assert mails.forget_mails_due(now=now + timedelta(days=300)) == 0


def test_a_mail_that_was_given_up_is_forgotten_too(
    waiting: OutgoingMail, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "send", Refusing(permanent=True))
    mails.send_mails_due(now=now)
    assert mails.forget_mails_due(now=now + timedelta(days=31)) == 1
