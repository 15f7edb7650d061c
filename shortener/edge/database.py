"""Connections to PostgreSQL for the threads of an edge: autocommit, and quick to notice that the server is gone."""

import random

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812 (psycopg2 spells the class in lower case)

FIRST_WAIT = 0.1
LONGEST_WAIT = 2.0


def connect(url: str, *, application: str, statement_ms: int = 10_000) -> Connection:
    """Connect with time-outs; raises psycopg2.OperationalError."""
    connection = psycopg2.connect(
        url,
        application_name=application,
        connect_timeout=3,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
        tcp_user_timeout=10_000,
        options=f"-c statement_timeout={statement_ms} -c timezone=UTC",
    )
    connection.autocommit = True
    return connection


class Backoff:
    """Waits that double up to LONGEST_WAIT, with jitter, so that edges do not come back all at once."""

    def __init__(self) -> None:
        self._wait = FIRST_WAIT

    def next(self) -> float:
        """Seconds to wait before the next attempt."""
        wait, self._wait = self._wait, min(self._wait * 2, LONGEST_WAIT)
        return wait * random.uniform(0.5, 1.0)  # noqa: S311 (spreads reconnects; nothing secret)

    def reset(self) -> None:
        """It worked: begin again with the shortest wait."""
        self._wait = FIRST_WAIT
