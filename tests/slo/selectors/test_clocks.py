"""The clock of the database."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from slo.selectors.clocks import database_clock

pytestmark = pytest.mark.django_db


def test_it_is_set_by_the_database_and_runs_on() -> None:
    clock = database_clock()
    first = clock()
    assert first <= clock()
    assert first.tzinfo is not None


def test_a_clock_that_is_moved_does_not_move_it() -> None:
    clock = database_clock()
    first = clock()
    with time_machine.travel(datetime(2000, 1, 1, tzinfo=UTC)):
        assert abs(clock() - first) < timedelta(hours=1)
