"""What all sweeps need: one of a kind at a time, and a cursor that remembers how far it came."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from shortener.models import SweepCursor

LOCKS = 7006


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether this process is the only one that runs the sweep `name`.

    The lock belongs to the database session: who dies frees it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", [LOCKS, name])
        row = cursor.fetchone()
    is_ours = bool(row and row[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", [LOCKS, name])


def cursor_of(name: str, *, start: datetime) -> SweepCursor:
    """The cursor of a sweep, locked; made at `start` on first use."""
    SweepCursor.objects.bulk_create([SweepCursor(name=name, at=start)], ignore_conflicts=True)
    return SweepCursor.objects.select_for_update().get(name=name)


def moved(cursor: SweepCursor, *, at: datetime, position: int = 0) -> None:
    """Remembers how far the sweep came."""
    cursor.at, cursor.position = at, position
    cursor.save()
