from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from portal.lib import partitions

TABLE = "lib_partition_test"
DAY = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def _table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (at timestamptz NOT NULL) PARTITION BY RANGE (at)")
    return


def insert(at: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} VALUES (%s)", [at])


def test_each_day_gets_its_own_partition() -> None:
    partitions.ensure(TABLE, DAY, date(2026, 3, 6))
    assert partitions.partitions(TABLE) == [f"{TABLE}_p2026030{day}" for day in (4, 5, 6)]


def test_making_them_again_changes_nothing() -> None:
    partitions.ensure(TABLE, DAY, DAY)
    insert("2026-03-04T23:59:59Z")
    partitions.ensure(TABLE, DAY, date(2026, 3, 5))
    assert len(partitions.partitions(TABLE)) == 2


def test_a_partition_holds_the_utc_day() -> None:
    partitions.ensure(TABLE, DAY, DAY)
    insert("2026-03-04T00:00:00Z")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert("2026-03-05T00:00:00Z")


def test_old_days_are_dropped_whole() -> None:
    partitions.ensure(TABLE, DAY, date(2026, 3, 6))
    assert partitions.drop_before(TABLE, date(2026, 3, 6)) == [f"{TABLE}_p20260304", f"{TABLE}_p20260305"]
    assert partitions.partitions(TABLE) == [f"{TABLE}_p20260306"]


def test_old_days_are_thinned_once_to_what_is_kept() -> None:
    partitions.ensure(TABLE, DAY, date(2026, 3, 5))
    for at in ("2026-03-04T01:00:00Z", "2026-03-04T09:00:00Z", "2026-03-05T01:00:00Z"):
        insert(at)
    thinned = [partitions.thin_before(TABLE, date(2026, 3, 5), kept="extract(hour FROM at) = 9") for _ in range(2)]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE}")
        assert cursor.fetchone()[0] == 2
    assert thinned == [[f"{TABLE}_p20260304"], []]
