"""Alerts by mail, sent by Python's own client over a real connection."""

import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import OperationalError

from oncall.management import mail_door
from oncall.management.commands.mail_listener import listening
from oncall.models import IncomingEvent, Integration
from oncall.services import intake
from portal.embedded import ports
from tests.factories.oncall import IntegrationFactory

KEY = "k" + 31 * "1"
ADDRESS = f"{KEY}@portal.example.com"


@pytest.fixture
def server(transactional_db: None, team: Any) -> Iterator[smtplib.SMTP]:
    """A connection to the door of an integration."""
    IntegrationFactory(team=team, kind="mail")
    (port,) = ports.free_ports(1)
    with listening("127.0.0.1", port), smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        yield client


def mail(subject: str, body: str = "It is down.") -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"], made["To"] = subject, "nagios@example.com", ADDRESS
    made.set_content(body)
    return made


def refusal(server: smtplib.SMTP, address: str = ADDRESS, subject: str = "Disk") -> int:
    with pytest.raises((smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException)) as refused:
        server.send_message(mail(subject), to_addrs=[address])
    error: Any = refused.value
    return int(error.recipients[address][0] if hasattr(error, "recipients") else error.smtp_code)


def test_a_mail_is_stored_before_it_is_taken(server: smtplib.SMTP) -> None:
    server.send_message(mail("PROBLEM: Disk of db-1"))
    row = IncomingEvent.objects.get()
    assert (row.signals[0]["title"], row.signals[0]["detail"]) == ("Disk of db-1", "It is down.")
    assert KEY not in row.sample


def test_an_unknown_address_is_refused_for_good(server: smtplib.SMTP) -> None:
    assert refusal(server, "nobody@portal.example.com") == 550


def test_beyond_the_limit_the_sender_comes_again(server: smtplib.SMTP) -> None:
    Integration.objects.update(rate_per_minute=0)
    assert refusal(server) == 451


def test_without_a_database_the_sender_comes_again(server: smtplib.SMTP, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(intake, "receive_mail", broken)
    assert refusal(server) == 451


def test_a_large_mail_is_refused(server: smtplib.SMTP) -> None:
    with pytest.raises(smtplib.SMTPResponseException) as refused:
        server.send_message(mail("Disk", "x\n" * mail_door.MOST_BYTES))
    assert refused.value.smtp_code == 552


def test_a_line_of_any_length_is_taken(server: smtplib.SMTP) -> None:
    assert server.sendmail("a@b", [ADDRESS], b"Subject: Disk\r\n\r\n" + 5000 * b"x") == {}


@pytest.mark.parametrize("address", [f"<{KEY}@a>", KEY.upper() + "@b", f"{KEY}+disk@c"])
def test_the_key_stands_before_the_at(address: str) -> None:
    assert mail_door.key_of(address) == KEY
