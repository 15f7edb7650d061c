"""Pages by mail."""

import smtplib
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from oncall.clients.mail import MailChannel, is_permanent
from oncall.domain.messages import Message
from oncall.exceptions import DeliveryError

PAGE = Message("pag_1", "bob@example.com", "Act: Restart it", "It is <down>.", "https://portal.example/ack/")


def test_the_mail_carries_the_page() -> None:
    receipt = MailChannel().send(PAGE)
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.extra_headers["Message-ID"]) == (
        ["bob@example.com"],
        "Act: Restart it",
        receipt.provider_id,
    )


def test_the_same_page_is_the_same_mail() -> None:
    assert MailChannel().send(PAGE).provider_id == MailChannel().send(PAGE).provider_id


def test_the_html_escapes_what_the_alert_says() -> None:
    MailChannel().send(PAGE)
    html = mail.outbox[0].message().as_string()
    assert "&lt;down&gt;" in html


@pytest.mark.parametrize(
    ("error", "permanent"),
    [
        (smtplib.SMTPRecipientsRefused({"bob@example.com": (550, b"unknown")}), True),
        (smtplib.SMTPRecipientsRefused({"bob@example.com": (451, b"later")}), False),
        (smtplib.SMTPDataError(554, b"no"), True),
        (smtplib.SMTPDataError(452, b"full"), False),
        (smtplib.SMTPAuthenticationError(535, b"who"), False),
        (smtplib.SMTPServerDisconnected("gone"), False),
        (ConnectionRefusedError(), False),
        (ValueError("newline in a header"), True),
    ],
)
def test_what_the_server_says_for_good_is_permanent(error: Exception, permanent: bool) -> None:
    assert is_permanent(error) is permanent


def test_a_refusal_tells_what_the_server_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({"bob@example.com": (550, b"unknown user")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with pytest.raises(DeliveryError, match="550 unknown user"):
        MailChannel().send(PAGE)
