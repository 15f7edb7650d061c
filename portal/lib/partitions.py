"""Tables partitioned by UTC day: making the coming days and dropping the old ones, one partition a day."""

from datetime import date, timedelta

from django.db import connection, transaction
from psycopg2 import sql

THIN = "thinned"


def name_of(table: str, day: date) -> str:
    """The partition of `table` that holds `day`."""
    return f"{table}_p{day:%Y%m%d}"


def partitions(table: str) -> list[str]:
    """The names of all day partitions of `table`, oldest first."""
    query = """
        SELECT child.relname FROM pg_inherits
        JOIN pg_class parent ON parent.oid = inhparent JOIN pg_class child ON child.oid = inhrelid
        WHERE parent.relname = %s AND parent.relnamespace = current_schema()::regnamespace
          AND child.relname ~ '_p[0-9]{8}$'
        ORDER BY child.relname
    """
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        return [name for (name,) in cursor.fetchall()]


def ensure(table: str, first: date, last: date) -> None:
    """Makes the partitions of `table` for each day from `first` to `last`, both included; those that exist stay."""
    existing = set(partitions(table))
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if name_of(table, day) not in existing:
            create(table, day)


def create(table: str, day: date) -> None:
    """Makes the partition of one day; a twin made at the same time by somebody else is no error."""
    statement = sql.SQL("CREATE TABLE IF NOT EXISTS {} PARTITION OF {} FOR VALUES FROM ({}) TO ({})").format(
        sql.Identifier(name_of(table, day)),
        sql.Identifier(table),
        sql.Literal(f"{day} 00:00:00+00"),
        sql.Literal(f"{day + timedelta(days=1)} 00:00:00+00"),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7002, hashtext(%s))", [table])
        cursor.execute(statement)


def drop_before(table: str, day: date) -> list[str]:
    """Drops the partitions of all days before `day` and returns their names."""
    old = [name for name in partitions(table) if name < name_of(table, day)]
    with connection.cursor() as cursor:
        for name in old:
            cursor.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))
    return old


def thin_before(table: str, day: date, *, kept: str) -> list[str]:
    """Empties the partitions of all days before `day` of all but the rows that `kept`, SQL of our own, is true for.

    Each is thinned once, and says so in its comment; the names of those that were are returned.
    """
    old = [name for name in partitions(table) if name < name_of(table, day) and not _is_thin(name)]
    for name in old:
        _thin(name, sql.SQL(kept))
    return old


def _is_thin(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(%s::regclass, 'pg_class')", [name])
        return bool(cursor.fetchone()[0] == THIN)


def _thin(name: str, kept: sql.SQL) -> None:
    """Copies what stays and takes the file away: deleting row by row would leave it as large as before."""
    part, aside = sql.Identifier(name), sql.Identifier(f"{name}_kept")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(part))
        cursor.execute(sql.SQL("CREATE TEMPORARY TABLE {} AS SELECT * FROM {} WHERE {}").format(aside, part, kept))
        cursor.execute(sql.SQL("TRUNCATE {}").format(part))
        cursor.execute(sql.SQL("INSERT INTO {} SELECT * FROM {}").format(part, aside))
        cursor.execute(sql.SQL("DROP TABLE {}").format(aside))
        cursor.execute(sql.SQL("COMMENT ON TABLE {} IS {}").format(part, sql.Literal(THIN)))
