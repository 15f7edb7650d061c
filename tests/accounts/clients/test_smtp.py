from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend

from portal.accounts.clients import smtp


def test_a_mail_has_text_and_html() -> None:
    smtp.send(to="a@example.com", subject="Hello", text="plain", html="<p>rich</p>")
    sent = outbox.outbox[0]
    assert (sent.to, sent.body) == (["a@example.com"], "plain")
    assert "<p>rich</p>" in sent.message().as_string()


@pytest.mark.parametrize(("code", "permanent"), [(550, True), (450, False)])
def test_a_refused_recipient_is_permanent_by_its_code(
    code: int, permanent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Any, messages: Any) -> int:
        raise SMTPRecipientsRefused({"a@example.com": (code, b"no")})

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    with pytest.raises(smtp.MailError) as caught:
        smtp.send(to="a@example.com", subject="x", text="y")
    assert caught.value.permanent is permanent


def test_a_server_that_is_away_is_not_permanent(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: Any, messages: Any) -> int:
        raise ConnectionRefusedError("away")

    monkeypatch.setattr(EmailBackend, "send_messages", away)
    with pytest.raises(smtp.MailError) as caught:
        smtp.send(to="a@example.com", subject="x", text="y")
    assert not caught.value.permanent
