"""One migrated database a run, which each worker copies: migrating takes seconds, copying a fraction of one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from django.core.management import call_command
from django.db import connection

MIGRATED = "migrated"
FIRST = 5_432_001
"""The lock of whoever makes it; the others wait for it."""


def template() -> str:
    """The name of a database in the state that all migrations lead to; the first who asks makes it."""
    server = psycopg2.connect(os.environ["DATABASE_URL"])
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [FIRST])
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [MIGRATED])
        if not cursor.rowcount:
            cursor.execute(f"CREATE DATABASE {MIGRATED}_draft")
            with _connected_to(f"{MIGRATED}_draft"):
                call_command("migrate", verbosity=0, interactive=False)
            cursor.execute(f"ALTER DATABASE {MIGRATED}_draft RENAME TO {MIGRATED}")
    server.close()
    return MIGRATED


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    yield
    connection.close()
    connection.settings_dict["NAME"] = before
