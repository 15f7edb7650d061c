from datetime import datetime, timedelta

import pytest
from django.db import connections, transaction

from shortener.services import sweeps


@pytest.mark.django_db
def test_a_cursor_begins_where_it_is_told_and_remembers(now: datetime) -> None:
    with transaction.atomic():
        cursor = sweeps.cursor_of("ends", start=now)
        sweeps.moved(cursor, at=now + timedelta(hours=1), position=7)
    again = sweeps.cursor_of("ends", start=now - timedelta(days=1))
    assert (again.at, again.position) == (now + timedelta(hours=1), 7)


@pytest.mark.django_db
def test_sweeps_of_two_names_do_not_hinder_each_other() -> None:
    with sweeps.alone("one") as first, sweeps.alone("two") as second:
        assert first
        assert second


@pytest.mark.django_db(transaction=True)
def test_a_second_process_finds_the_sweep_taken() -> None:
    other = connections["default"].copy()
    try:
        with sweeps.alone("ends"), other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext('ends'))", [sweeps.LOCKS])
            assert cursor.fetchone() == (False,)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext('ends'))", [sweeps.LOCKS])
            assert cursor.fetchone() == (True,)
    finally:
        other.close()
