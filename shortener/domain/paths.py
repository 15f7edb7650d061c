"""Which link a path names: the slug, what stands behind it, and whether its preview is wanted."""

from typing import NamedTuple

from shortener.domain.locations import clean_rest
from shortener.domain.replica import slug_of_path


class Reading(NamedTuple):
    """One way to read a path. `rest` is what follows the slug, ready to be appended (None: refused)."""

    slug: str
    rest: str | None = ""
    preview: bool = False


def readings(path: bytes) -> tuple[Reading, ...]:
    """The ways to read a percent-encoded path, to be tried in order; none if it is malformed.

    The whole path is a slug; without its `+` it is one whose preview is wanted; else its first segment is one.
    """
    slug = slug_of_path(path)
    if slug is None:
        return ()
    if slug.endswith("+"):
        return Reading(slug), Reading(slug[:-1], preview=True)
    if path.find(b"/", 1, -1) < 0:
        return (Reading(slug),)
    head, _, rest = path[1:].partition(b"/")
    return Reading(slug), Reading(slug_of_path(b"/" + head) or "", clean_rest(rest.decode("latin-1")))
