"""Turns: at most so many processes do a kind of work at the same time, counted by locks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection

LOCKS = 7011


class Turn:
    """A place among those that may work; it ends early or with the block, and with the session of whoever dies."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._is_held = True

    def end(self) -> None:
        """Lets the next one begin; a repeat changes nothing."""
        if self._is_held:
            self._is_held = False
            with suppress(Error), connection.cursor() as cursor:  # a lost session has lost its locks, too
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [LOCKS, self._name])


@contextmanager
def turn(name: str, *, of: int) -> Iterator[Turn | None]:
    """A turn at `name`, or None when `of` others have theirs."""
    found = next((Turn(place) for place in _places(name, of) if _is_free(place)), None)
    try:
        yield found
    finally:
        if found is not None:
            found.end()


def _places(name: str, of: int) -> list[str]:
    return [f"{name} {number}" for number in range(of)]


def _is_free(place: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [LOCKS, place])
        return bool(cursor.fetchone()[0])
