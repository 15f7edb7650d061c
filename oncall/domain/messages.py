"""What a page says: a short imperative subject, then detail, runbook and the way to acknowledge."""

from dataclasses import dataclass, field
from typing import Any

SUBJECT = 49
VERB = "Act: "


@dataclass(frozen=True, slots=True)
class Message:
    """One page for one channel. `page_id` is the idempotency key; `secret` signs what programs receive."""

    page_id: str
    address: str
    subject: str
    text: str
    ack_url: str = ""
    secret: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the provider said when it took the page over."""

    provider_id: str
    answer: str


def subject(title: str) -> str:
    """`Act: <title>` on one line of less than 50 characters, cut at a word."""
    words = f"{VERB}{' '.join(title.split())}"
    if len(words) <= SUBJECT:
        return words
    whole = words[:SUBJECT].rsplit(" ", 1)[0]
    return (whole if len(whole) > SUBJECT // 2 else words[: SUBJECT - 1]) + "\u2026"


def body(*, title: str, severity: str, where: str, since: str, detail: str, runbook_url: str, ack_url: str) -> str:
    """The plain text of a page: the way to act stands above the fold."""
    lines = [title, "", f"Acknowledge or resolve: {ack_url}", "", f"Severity: {severity}", f"Where: {where}"]
    lines.append(f"Since: {since}")
    lines.append(f"Runbook: {runbook_url or 'none is set for this alert'}")
    if detail:
        lines += ["", detail]
    return "\n".join(lines) + "\n"
