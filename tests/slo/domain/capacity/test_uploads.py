"""Points as a table."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from slo.domain.capacity.uploads import MOST_LINES, read_table

FIRST = (datetime(2026, 1, 1, tzinfo=UTC), Decimal("12.5"))


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-01,12.5",
        "day,value\n2026-01-01,12.5\n\n",
        "\ufeffDate;GiB\r\n2026-01-01;12,5\r\n",
        "2026-01-01\t12.5",
        '"2026-01-01","12.5"',
        "2026-01-01T00:00:00Z, 12.5 ,",
    ],
    ids=["plain", "head", "semicolons", "tabs", "quotes", "instant"],
)
def test_tables_of_many_kinds(text: str) -> None:
    found = read_table(text)
    assert ([reading for _, reading in found.readings], found.errors) == ([FIRST], [])


def test_each_wrong_line_is_named_and_the_others_are_read() -> None:
    found = read_table(
        "day,value\n2026-01-01,12.5\n2026-01-02\nsoon,1\n2026-01-03,1,2\n2026-01-04,a\x00b\n2026-01-05,3"
    )
    assert [line for line, _ in found.readings] == [2, 7]
    assert [line for line, _ in found.errors] == [3, 4, 5, 6]
    assert "no day" in found.errors[1][1]


@pytest.mark.parametrize("text", ["", "\n \n", "day,value\n"], ids=["nothing", "blank", "only a head"])
def test_nothing_is_nothing(text: str) -> None:
    assert (read_table(text).readings, read_table(text).errors) == ([], [])


def test_a_head_that_is_not_one_is_a_wrong_line() -> None:
    assert [line for line, _ in read_table("foo,bar\n2026-01-01,1").errors] == [1]


def test_more_lines_than_are_read_at_once() -> None:
    found = read_table("2026-01-01,1\n" * (MOST_LINES + 5))
    assert len(found.readings) == MOST_LINES
    assert [line for line, _ in found.errors] == [MOST_LINES + 1]
