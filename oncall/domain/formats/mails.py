"""A mail as an alert: its subject is the title; later mails of its conversation or subject are about the same one."""

import email
import email.policy
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from oncall.domain.formats import words
from oncall.domain.formats.words import Words
from oncall.domain.signals import FIRING, RESOLVED, Signal

RESOLVE_WORDS = ("resolved", "recovered", "recovery", "ok", "closed", "cleared", "is up")
PREFIXES = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|sv|tr)\s*(?:\[\d+\])?:)+\s*", re.IGNORECASE)
DETAIL = 10_000


@dataclass(frozen=True, slots=True)
class Mail:
    """What was read of a mail. `thread` is the id of the first mail of its conversation, empty where it begins one."""

    subject: str
    body: str
    sender: str
    thread: str = ""
    at: datetime | None = None


def parse(mail: Mail, known: Words, resolve_words: tuple[str, ...] = RESOLVE_WORDS) -> Signal:
    """The signal of a mail. A word that says the trouble is over, in the subject, resolves."""
    bare = PREFIXES.sub("", words.text(mail.subject, words.LABEL))
    is_over = bool(_words(resolve_words).search(bare))
    stem = " ".join(_words(resolve_words).sub(" ", bare).split()) if is_over else " ".join(bare.split())
    title, whole = words.subject(stem or bare or f"Read the mail of {words.text(mail.sender, 60) or 'nobody'}")
    return Signal(
        dedup_key=mail_key(mail.thread, stem),
        status=RESOLVED if is_over else FIRING,
        title=title,
        severity=_severity(bare, known),
        detail=words.joined(whole, words.text(mail.body, DETAIL)),
        labels={"sender": words.text(mail.sender, words.LABEL)} if mail.sender else {},
        started_at=mail.at,
    )


def read(raw: bytes) -> Mail:
    """What a mail says, whatever is wrong with it: an alert may come from a sender that has never been right."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    headers = {name: _header(message, name) for name in ("Subject", "From", "References", "In-Reply-To", "Date")}
    at = None
    with suppress(TypeError, ValueError, OverflowError):
        at = parsedate_to_datetime(headers["Date"])
    return Mail(
        subject=headers["Subject"],
        body=_body(message),
        sender=headers["From"],
        thread=thread_of(headers),
        at=at.astimezone(UTC) if at is not None and at.tzinfo else None,
    )


def _header(message: EmailMessage, name: str) -> str:
    with suppress(Exception):  # the parser of headers raises what it likes for hostile ones
        return str(message.get(name, ""))
    return ""


def _body(message: EmailMessage) -> str:
    """The text of a mail, plain where it has that, else of its HTML."""
    with suppress(Exception):  # as above: charsets that do not exist, broken encodings
        part = message.get_body(preferencelist=("plain", "html"))
        text = "" if part is None else str(part.get_content())
        is_html = part is not None and part.get_content_subtype() == "html"
        return re.sub(r"<[^<>]{0,2000}>", " ", text[: 10 * DETAIL]) if is_html else text
    payload = message.get_payload(decode=True)
    return payload.decode("utf-8", errors="replace") if isinstance(payload, bytes) else ""


def mail_key(thread: str, stem: str) -> str:
    """What makes mails one alert: the conversation they belong to, else the subject without marks, letters only."""
    letters = re.sub(r"[\W_]+", " ", _STATES.sub(" ", stem).lower()).strip()
    return f"thread:{words.digest(thread)}" if thread else f"subject:{words.digest(letters or stem)}"


def thread_of(headers: Mapping[str, str]) -> str:
    """The first mail of a conversation by its headers, empty for a mail that begins one."""
    ids = re.findall(r"<[^<>\s]{1,250}>", f"{headers.get('References', '')} {headers.get('In-Reply-To', '')}")
    return ids[0] if ids else ""


_STATES = re.compile(r"\b(?:firing|alert|problem|down|critical|warning|triggered)\b", re.IGNORECASE)


def _words(resolve_words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(re.escape(one) for one in resolve_words)})\b", re.IGNORECASE)


def _severity(subject: str, known: Words) -> str:
    """The first word of the subject that is a severity at this integration or by usage; else the default."""
    found = re.findall(r"[a-z]+\d?", subject.lower())
    named = [one for one in found if one in known.severities or one in ("critical", "warning", "info")]
    return known.severity(named[0]) if named else known.default_severity
