"""A mail as an alert: its subject is the title; later mails of its conversation or subject are about the same one."""

import email
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from itertools import islice

from oncall.domain.formats import html_text, words
from oncall.domain.formats.words import Words
from oncall.domain.signals import FIRING, RESOLVED, Signal

RESOLVE_WORDS = ("resolved", "recovered", "recovery", "ok", "closed", "cleared", "is up")
PREFIXES = re.compile(r"^(?:\s*(?:re|fwd?|aw|wg|sv|tr)\s*(?:\[\d+\])?:)+\s*", re.IGNORECASE)
DETAIL = 10_000
HEADER, MOST_PARTS = 4000, 100
KINDS = ("text/plain", "text/html")
LEADING = " \t[](){}:-|,;*#"


@dataclass(frozen=True, slots=True)
class Mail:
    """What was read of a mail. `thread` is the id of the first mail of its conversation, empty where it begins one."""

    subject: str
    body: str
    sender: str
    thread: str = ""
    at: datetime | None = None


def parse(mail: Mail, known: Words, resolve_words: tuple[str, ...] = RESOLVE_WORDS) -> Signal:
    """The signal of a mail. A word that says the trouble is over, in the subject, resolves.

    What answers a mail (Re:) is about the alert of that subject; else a conversation is one alert.
    """
    said = words.text(mail.subject, words.LABEL)
    bare = PREFIXES.sub("", said)
    is_over = bool(_words(resolve_words).search(bare))
    stem = " ".join((_words(resolve_words).sub(" ", bare) if is_over else bare).split()).lstrip(LEADING)
    nameless = f"Read the mail of {words.text(mail.sender, 60) or 'nobody'}"
    title, whole = words.subject(_headed(bare, stem) or nameless)
    return Signal(
        dedup_key=mail_key("" if bare != said and stem else mail.thread, stem or nameless),
        status=RESOLVED if is_over else FIRING,
        title=title,
        severity=_severity(bare, known),
        detail=words.joined(whole, words.text(mail.body, DETAIL)),
        labels={"sender": words.text(mail.sender, words.LABEL)} if mail.sender else {},
        started_at=mail.at,
    )


def _headed(bare: str, stem: str) -> str:
    """What stands in a subject, with its own mark in front where nothing was taken out."""
    whole = " ".join(bare.split())
    return whole if whole.endswith(stem) and stem else stem


def read(raw: bytes) -> Mail:
    """What a mail says, whatever is wrong with it: an alert may come from a sender that has never been right.

    Headers are cut before they are understood, for a long one could keep the parser busy for minutes.
    """
    message = Message()
    with suppress(Exception):  # the parser raises what it likes for hostile mails
        message = email.message_from_bytes(raw)
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


def _header(message: Message, name: str) -> str:
    with suppress(Exception):  # as above: charsets that do not exist, broken encodings
        said = " ".join(str(message.get(name, ""))[:HEADER].split())
        return str(make_header(decode_header(said)))
    return ""


def _body(message: Message) -> str:
    """The text of a mail, plain where it has that, else of its HTML."""
    seen = islice((part for part in message.walk() if part.get_filename() is None), MOST_PARTS)
    texts = {kind: part for part in reversed(list(seen)) if (kind := part.get_content_type()) in KINDS}
    kind = next((kind for kind in KINDS if kind in texts), "")
    said = _decoded(texts[kind])[: 10 * DETAIL].replace("\r\n", "\n") if kind else ""
    return html_text.text_of(said) if kind == KINDS[1] else said


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    with suppress(LookupError, ValueError):
        return payload.decode(part.get_content_charset() or "utf-8", errors="replace")
    return payload.decode("utf-8", errors="replace")


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
