"""Who the events of a calendar elsewhere are about: by a table, by mail, by name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

LEVEL = re.compile(r"^\s*\[L\d+\]\s*")
PARTS = re.compile(r"[,;/&+\n|]| and ")


@dataclass(frozen=True, slots=True)
class Said:
    """What an event says about people: attendees and organizer as mails and names, and its summary."""

    attendees: tuple[str, ...] = ()
    organizer: tuple[str, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """`table` is what the team wrote down (text to key); `mails` and `names` are of its members. All in lower case.

    A name that two have is in neither.
    """

    table: Mapping[str, str] = field(default_factory=dict)
    mails: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def find(self, text: str) -> str | None:
        """The key of whoever is called so."""
        key = normal(text)
        return self.table.get(key) or self.mails.get(key) or self.names.get(key)


def directory(members: Iterable[tuple[str, str, str]], table: Mapping[str, str]) -> Directory:
    """From (key, name, mail) of the members; whoever is not one of them is left out of the table."""
    members = list(members)
    keys = {key for key, _, _ in members}
    names: dict[str, str] = {}
    twice: set[str] = set()
    for key, name, mail in members:
        for text in {normal(name), normal(mail.partition("@")[0])}:
            twice |= {text} if names.setdefault(text, key) != key else set()
    return Directory(
        {normal(text): key for text, key in table.items() if key in keys},
        {normal(mail): key for key, _, mail in members},
        {text: key for text, key in names.items() if text not in twice},
    )


def people_of(said: Said, known: Directory) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(keys of the people, what names nobody). Attendees count first, then the summary, then the organizer."""
    found = _find(said.attendees, known)
    summary = _in_summary(said.summary, known)
    people = found or summary or _find(said.organizer, known)
    unknown = [text for text in said.attendees if "@" in text and known.find(text) is None] if said.attendees else []
    if not people and not unknown:
        unknown = [LEVEL.sub("", said.summary).strip() or "(no title)"]
    return people, tuple(dict.fromkeys(text[:200] for text in unknown))


def normal(text: str) -> str:
    """The form in which texts are compared."""
    return " ".join(text.casefold().removeprefix("mailto:").split())


def _find(texts: Iterable[str], known: Directory) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for text in texts if (key := known.find(text))))


def _in_summary(summary: str, known: Directory) -> tuple[str, ...]:
    """The whole, each part, and what stands after the colon of a part, such as `On call: anna`."""
    bare = LEVEL.sub("", summary)
    parts = [bare, *PARTS.split(bare)]
    parts += [after for part in list(parts) if (after := part.rpartition(":")[2]) != part]
    return _find(parts, known)
