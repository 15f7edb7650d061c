"""Connections of the edge's threads."""

import psycopg2
import pytest

from shortener.edge.database import FIRST_WAIT, LONGEST_WAIT, Backoff, connect
from tests.shortener.edge.support import Database, Gate


def test_a_connection_commits_by_itself_and_speaks_utc(database: Database) -> None:
    connection = connect(database.url, application="edge test")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('timezone'), current_setting('application_name')")
        assert cursor.fetchone() == ("UTC", "edge test")
    assert connection.autocommit
    connection.close()


def test_a_server_that_is_gone_is_an_error_at_once(gate: Gate) -> None:
    gate.shut()
    with pytest.raises(psycopg2.OperationalError):
        connect(gate.url, application="edge test")


def test_waits_grow_to_a_limit_and_begin_again() -> None:
    backoff = Backoff()
    waits = [backoff.next() for _ in range(20)]
    assert FIRST_WAIT / 2 <= waits[0] <= FIRST_WAIT
    assert all(LONGEST_WAIT / 2 <= wait <= LONGEST_WAIT for wait in waits[10:])
    backoff.reset()
    assert backoff.next() <= FIRST_WAIT
