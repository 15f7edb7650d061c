"""The clock of the database: one time for all workers, wherever they stand and whatever their own clocks say."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection


def database_clock() -> Callable[[], datetime]:
    """A clock that was set by the database a moment ago and runs on by itself; no clock that is moved moves it."""
    with connection.cursor() as cursor:
        started = time.monotonic()
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return lambda: now + timedelta(seconds=time.monotonic() - started)
