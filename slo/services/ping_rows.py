"""The two rows of a ping, read and written by three prepared statements: hundreds come in a second."""

from typing import Any

from django.db import connection

from slo.models import Heartbeat, HeartbeatRun

READ = [field.attname for field in Heartbeat._meta.concrete_fields]
MOVED = (
    "state",
    "state_since",
    "reason",
    "expected_at",
    "next_due_at",
    "started_at",
    "open_rid",
    "last_ping_at",
    "last_duration",
    "last_exit_code",
    "ping_count",
    "minute_of_pings",
    "pings_in_minute",
)
RUN = [field.attname for field in HeartbeatRun._meta.concrete_fields if field.attname != "id"]

LOCK = f"SELECT {', '.join(READ)} FROM slo_heartbeat WHERE key_digest = %s FOR NO KEY UPDATE"  # noqa: S608 - own names
MOVE = f"UPDATE slo_heartbeat SET {', '.join(f'{name} = %s' for name in MOVED)} WHERE id = %s"  # noqa: S608
ADD = f"INSERT INTO slo_heartbeatrun ({', '.join(RUN)}) VALUES ({', '.join(['%s'] * len(RUN))})"  # noqa: S608


def locked(key_digest: str) -> Heartbeat | None:
    """The heartbeat of a key, held until the transaction ends; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [key_digest])
        row = cursor.fetchone()
    return None if row is None else Heartbeat.from_db(connection.alias, READ, list(row))


def store(heartbeat: Heartbeat, run: HeartbeatRun | None) -> None:
    """Writes what a ping changes of its heartbeat, and adds its run or writes the end of one that began before."""
    values: list[Any] = [*(_plain(getattr(heartbeat, name)) for name in MOVED), heartbeat.pk]
    statement = MOVE
    if run is not None and run._state.adding:
        statement = f"WITH moved AS ({MOVE}) {ADD}"
        values += [_plain(getattr(run, name)) for name in RUN]
    elif run is not None:
        run.save()
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
