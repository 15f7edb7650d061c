"""Rendered answers, as the LRU keeps them and connections send them."""

from typing import NamedTuple

from shortener.domain.redirect import Answer, Kind, LinkFacts, RequestFacts
from shortener.domain.segments import LIMITS, RULE
from shortener.domain.visitors import Visitor
from shortener.edge import pages
from shortener.edge.pages import Choices, Response

KINDS = (*map(str, Kind), "unknown_host", "unavailable", "root", "document", "bad_path", "too_many")
"""Labels of the edge's request counters."""

KIND_NUMBERS = {name: number for number, name in enumerate(KINDS)}


class Wanted(NamedTuple):
    """What to ask PostgreSQL for when the replica does not know a link, and how the path asked for it."""

    domain: str
    slug: str
    rest: str | None = ""
    preview: bool = False


class Ready:
    """A rendered answer, and what its click record says of the link."""

    __slots__ = (
        "body", "choices", "chosen", "dated", "entry", "facts", "forwards", "headers", "host_length", "is_miss",
        "is_personal", "is_plain", "is_recorded", "key", "kind", "lengths", "link", "link_id", "lookup", "names",
        "packed", "request", "rule", "slug_length", "start", "status", "until", "valid_until", "wire",
    )  # fmt: skip

    def __init__(self, response: Response, kind: str, valid_until: float, choices: Choices | None = None) -> None:
        self.wire = self.dated = self.entry = self.link = self.lengths = b""
        self.start, self.headers, self.body = response.start, response.headers, response.body
        self.status = response.status
        self.choices = choices
        """What is sent instead, by the manner that the client wants; None if all are sent the same."""
        self.kind = KIND_NUMBERS[kind]
        self.valid_until = self.until = valid_until
        """When it is looked at again, and when the decision itself would change."""
        self.packed = b""
        """What the replica had of the link, if that alone was looked at."""
        self.link_id = 0
        self.key = b""
        self.names = b""
        self.host_length = 0
        self.slug_length = 0
        self.rule = b""
        """What the record says of the rule that decided; empty if none did."""
        self.is_recorded = True
        self.is_plain = choices is None and not response.body
        """Whether it is the same for every request without query: a redirect that nothing else decides."""
        self.is_personal = False
        """Whether rules or a limit decide each request anew."""
        self.is_miss = False
        """Whether it counts as asking for a link that does not exist."""
        self.facts: LinkFacts | None = None
        self.request: RequestFacts | None = None
        self.forwards = False
        """Whether a query may change the answer."""
        self.chosen: dict[Visitor, Ready] = {}
        """What rules have decided for visitors of late, for as long as this answer is valid."""
        self.lookup: Wanted | None = None

    def copy(self) -> "Ready":
        """The same page, to be given another address; for pages of links that nobody knows."""
        twin = Ready.__new__(Ready)
        twin.wire = twin.dated = twin.entry = twin.link = twin.lengths = twin.key = twin.names = twin.rule = b""
        twin.packed, twin.until = b"", self.until
        twin.start, twin.headers, twin.body, twin.choices = self.start, self.headers, self.body, self.choices
        twin.status, twin.kind, twin.valid_until = self.status, self.kind, self.valid_until
        twin.link_id, twin.host_length, twin.slug_length = self.link_id, self.host_length, self.slug_length
        twin.is_recorded, twin.is_plain, twin.is_miss = self.is_recorded, self.is_plain, self.is_miss
        twin.is_personal = twin.forwards = False
        twin.facts = twin.request = twin.lookup = None
        twin.chosen = {}
        return twin

    def named(self, domain: str, slug: str) -> "Ready":
        """Itself, with the address that its record shows."""
        host, name = domain.encode()[: LIMITS["host"]], slug.encode()[: LIMITS["slug"]]
        self.names, self.host_length, self.slug_length = host + name, len(host), len(name)
        return self

    def named_as(self, other: "Ready") -> "Ready":
        """Itself, for the same link and address as another answer."""
        self.link_id, self.names = other.link_id, other.names
        self.host_length, self.slug_length = other.host_length, other.slug_length
        return self


def redirected(answer: Answer, kind: str = "") -> Ready:
    """The ready answer of a decision with a location."""
    kind = kind or str(answer.kind)
    ready = Ready(pages.redirect(answer), kind, answer.valid_until, _choices(answer))
    if answer.rule:
        ready.rule = RULE.pack(answer.rule, answer.variant)
    return ready


def _choices(answer: Answer) -> Choices | None:
    return pages.password(answer) if answer.kind is Kind.PASSWORD else None


def paged(kind: str, choices: Choices, valid_until: float) -> Ready:
    """The ready answer of a kind that is a page."""
    return Ready(choices[0], kind, valid_until, choices)
