"""What a page says: a short imperative subject, then detail, runbook and the way to acknowledge."""

from dataclasses import dataclass, field
from typing import Any

SUBJECT = 49
VERB = "Act: "


@dataclass(frozen=True, slots=True)
class Message:
    """One page for one channel. `page_id` is the idempotency key; `secret` signs what programs receive.

    `secret` is two secrets with a comma between them while one takes over from the other. What only tells something,
    such as a code, has no `ack_url`. `short` fits an SMS and is read aloud; `code` names the page in a reply to it.
    Answers and reports of the provider come back under `callback_url`, which ends in a slash, with `token` as their
    permission. `image_url` is a picture on the internet.
    """

    page_id: str
    address: str
    subject: str
    text: str
    ack_url: str = ""
    secret: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    severity: str = ""
    short: str = ""
    code: str = ""
    token: str = ""
    callback_url: str = ""
    image_url: str = ""

    @property
    def is_page(self) -> bool:
        """Whether somebody is asked to act, rather than told something."""
        return bool(self.ack_url)

    @property
    def is_urgent(self) -> bool:
        """Whether it may break through what silences a phone."""
        return self.is_page and self.severity in {"", "critical"}

    @property
    def brief(self) -> str:
        """What it says where there is little room."""
        return self.short or self.text


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the provider said when it took the page over; whoever `is_acknowledged` took the alert on as well."""

    provider_id: str
    answer: str
    is_acknowledged: bool = False


def subject(title: str) -> str:
    """`Act: <title>` on one line of less than 50 characters, cut at a word."""
    words = f"{VERB}{' '.join(title.split())}"
    if len(words) <= SUBJECT:
        return words
    whole = words[:SUBJECT].rsplit(" ", 1)[0]
    return (whole if len(whole) > SUBJECT // 2 else words[: SUBJECT - 1]) + "\u2026"


def shortened(text: str, most: int) -> str:
    """At most `most` characters of `text`."""
    return text if len(text) <= most else text[: most - 1] + "\u2026"


def storable(text: str) -> str:
    """`text` without what the database cannot hold; providers answer what they like."""
    return text.replace("\x00", "\ufffd").encode(errors="replace").decode()


def brief(*, title: str, where: str, detail: str, is_test: bool = False) -> str:
    """What is wrong and where, in words that fit an SMS and can be read aloud."""
    lines = [f"{'Test. ' if is_test else ''}{' '.join(title.split())}.", f"{where}.", " ".join(detail.split())]
    return shortened(" ".join(line for line in lines if line), 300)


def body(*, title: str, severity: str, where: str, since: str, detail: str, runbook_url: str, ack_url: str) -> str:
    """The plain text of a page: the way to act stands above the fold."""
    lines = [title, "", f"Acknowledge or resolve: {ack_url}", "", f"Severity: {severity}", f"Where: {where}"]
    lines.append(f"Since: {since}")
    lines.append(f"Runbook: {runbook_url or 'none is set for this alert'}")
    if detail:
        lines += ["", detail]
    return "\n".join(lines) + "\n"
