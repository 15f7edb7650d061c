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


def test_a_picture_is_shown_within_the_mail() -> None:
    smtp.send(to="a@example.com", subject="x", text="plain", html='<img src="cid:picture">', picture=b"\x89PNG")
    message = outbox.outbox[0].message()
    kinds = [part.get_content_type() for part in message.walk()]
    assert kinds == ["multipart/related", "multipart/alternative", "text/plain", "text/html", "image/png"]
    assert [part["Content-ID"] for part in message.walk()][-1] == "<picture>"


def test_a_mail_program_can_unsubscribe() -> None:
    smtp.send(to="a@example.com", subject="x", text="y", unsubscribe_url="https://example.org/stop/")
    head = outbox.outbox[0].message()
    assert head["List-Unsubscribe"] == "<https://example.org/stop/>"
    assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


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
