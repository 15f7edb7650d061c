"""The process for mails."""

import logging
import smtplib
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import call_command
from django.core.management.base import CommandError

from oncall.management.commands import mail_listener
from portal.embedded import ports


def test_without_a_port_it_says_so(settings: object) -> None:
    with pytest.raises(CommandError, match="PORTAL_MAIL_PORT"):
        call_command("mail_listener")


@pytest.fixture
def certificate(tmp_path: Path, settings: Any) -> Path:
    """A certificate of localhost and its key in one file, as the settings name it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    made = made.not_valid_before(datetime.now(UTC)).not_valid_after(datetime.now(UTC) + timedelta(days=1))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path / "mail.pem"
    path.write_bytes(key.private_bytes(*form) + made.sign(key, hashes.SHA256()).public_bytes(form[0]))
    settings.PORTAL_MAIL_TLS_CERTIFICATE = str(path)
    return path


def test_with_a_certificate_it_speaks_starttls(certificate: Path) -> None:
    (port,) = ports.free_ports(1)
    trusting = ssl.create_default_context(cafile=str(certificate))
    trusting.check_hostname = False
    with (
        mail_listener.listening("127.0.0.1", port, mail_listener.tls_context()),
        smtplib.SMTP("127.0.0.1", port, timeout=10) as client,
    ):
        client.starttls(context=trusting)
        client.ehlo()
        assert (client.has_extn("size"), client.has_extn("starttls"), client.has_extn("auth")) == (True, False, False)


def test_a_certificate_that_cannot_be_read_is_told_at_once_and_later_left(certificate: Path) -> None:
    context = mail_listener.tls_context()
    certificate.write_text("broken")
    mail_listener.renew(context)
    with pytest.raises(CommandError, match="PORTAL_MAIL_TLS_CERTIFICATE"):
        mail_listener.tls_context()


def test_no_address_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    (port,) = ports.free_ports(1)
    caplog.set_level(logging.DEBUG)
    with mail_listener.listening("127.0.0.1", port), smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
        client.docmd("VRFY", "abcdef0123456789@example.com")
    assert "abcdef0123456789" not in caplog.text
