"""How things that are measured are called, so that they can be found and compared."""

import re
from collections import Counter
from collections.abc import Iterable

LONGEST = 60
UNITS = (
    "_total",
    "_seconds",
    "_bytes",
    "_ratio",
    "_count",
    "_sum",
    "_bucket",
    "_info",
    "_celsius",
    "_meters",
    "_joules",
)
CONVENTION = (
    "A name begins with a capital letter, is at most 60 characters of plain words without underscores or a full stop, "
    "and is there once in a team. A metric ends in its unit (_seconds, _bytes, _ratio) or in _total, as in Prometheus."
)


def name_problems(name: str) -> list[str]:
    """What of the convention a name of a probe, SLI or SLO breaks."""
    problems = []
    if not name[:1].isupper() and not name[:1].isdigit():
        problems.append("does not begin with a capital letter")
    if len(name) > LONGEST:
        problems.append(f"is longer than {LONGEST} characters")
    if "_" in name:
        problems.append("has underscores instead of spaces")
    if name.endswith("."):
        problems.append("ends in a full stop")
    if len(name) > 4 and name.isupper():
        problems.append("is all in capitals")
    return problems


def metric_problems(query: str) -> list[str]:
    """The metrics of a query whose name says no unit; recorded rules (with a colon) have a convention of their own."""
    names = sorted({name for name in re.findall(r"[a-zA-Z_:][a-zA-Z0-9_:]*(?=\s*[\[{])", query) if ":" not in name})
    return [f"{name} does not end in a unit" for name in names if not name.endswith(UNITS)]


def doubles(names: Iterable[str]) -> set[str]:
    """The names that are there more than once, whatever their case and spaces, in that plain form."""
    counts = Counter(plain(name) for name in names)
    return {name for name, number in counts.items() if number > 1}


def plain(name: str) -> str:
    """A name without case and needless spaces."""
    return " ".join(name.casefold().split())
