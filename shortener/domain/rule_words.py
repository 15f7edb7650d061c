"""Redirect rules as a person reads them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from shortener.domain.conditions import Condition, Dates
from shortener.domain.rules import Rule

WORDS = {
    "device": "on a {}",
    "os": "with {}",
    "browser": "using {}",
    "language": "preferring the language {}",
    "query": "when the query has {}",
    "address": "from the network {}",
    "country": "in {}",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: to whom it applies, and where they go with which share (0..1) of them."""

    name: str
    who: str
    targets: tuple[tuple[str, float], ...]

    @property
    def is_split(self) -> bool:
        return len(self.targets) > 1


def line(rule: Rule) -> Line:
    """The rule in words; without conditions it is for everybody."""
    total = sum(variant.weight for variant in rule.variants)
    targets = tuple((variant.target, variant.weight / total) for variant in rule.variants)
    words = [_words(condition) for condition in rule.conditions]
    return Line(rule.name, f"Visitors {', '.join(words)}" if words else "Everybody", targets)


def _words(condition: Condition) -> str:
    if isinstance(condition, Dates):
        ends = (("from", condition.begins), ("until", condition.ends))
        return " ".join(f"{word} {_moment(at)}" for word, at in ends if at is not None)
    return WORDS[condition.kind].replace("{}", condition.wanted())


def _moment(at: float) -> str:
    moment = datetime.fromtimestamp(at, UTC)
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"
