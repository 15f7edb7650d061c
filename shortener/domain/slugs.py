"""Slugs: random ones from an alphabet without twins, and the rules for those that people choose."""

import re
import secrets
from collections.abc import Iterator

UNAMBIGUOUS = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"
"""55 symbols: no o O 0 i I l 1."""

LENGTH = 7
MAX_LENGTH = 64
_FIRST_WORDS = (
    "accounts action-items actions admin alerts api audit calendar capacity chat corrections dead-links favicon.ico "
    "feeds gate go healthz heartbeats help incidents ingest invitations links login maintenance metrics moderation "
    "oncall policies postmortems probes queries readyz releases report reports robots.txt search services "
    "settings silences slis slos sources static status teams theme v2 webhooks"
)
RESERVED = frozenset(_FIRST_WORDS.split())
"""The first words of the paths of the portal and of the edges: on a host that serves both, they are not free."""

BAD_WORDS = ("fuck", "shit", "cunt", "nigger", "nazi", "porn", "whore", "bitch", "faggot", "hitler")

_SHAPE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.~-]*")
_LOOKALIKES = str.maketrans("013457@$", "oieastas", "-_.~")


def random_slug(*, length: int = LENGTH, case_sensitive: bool = True) -> str:
    """A slug of `length` symbols from `secrets`, without a bad word; one case only where the domain folds case."""
    alphabet = UNAMBIGUOUS if case_sensitive else "".join(sorted(set(UNAMBIGUOUS.lower()) - set("iol")))
    while True:
        slug = "".join(secrets.choice(alphabet) for _ in range(length))
        if not has_bad_word(slug):
            return slug


def problems(slug: str) -> list[str]:
    """All that is wrong with a slug that somebody chose; empty when it may be used."""
    found = []
    if len(slug) > MAX_LENGTH:
        found.append(f"Use at most {MAX_LENGTH} characters.")
    if not _SHAPE.fullmatch(slug):
        found.append("Use ASCII letters, digits and - _ . ~ only; begin with a letter, a digit or _.")
    if slug.lower() in RESERVED:
        found.append("This word is reserved.")
    if has_bad_word(slug):
        found.append("This slug contains a word that is refused.")
    return found


def has_bad_word(slug: str) -> bool:
    """Whether a refused word stands in the slug, also when digits stand for letters."""
    plain = slug.lower().translate(_LOOKALIKES)
    return any(word in plain for word in BAD_WORDS)


def alternatives(slug: str) -> Iterator[str]:
    """Slugs to suggest when `slug` is taken: numbered ones, then one with a random tail."""
    stem = slug[: MAX_LENGTH - LENGTH - 1]
    for number in range(2, 10):
        yield f"{stem}-{number}"
    yield f"{stem}-{random_slug(case_sensitive=False)}"
