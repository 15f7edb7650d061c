"""Windows of any length as restrictions of a day at most."""

from datetime import time, timedelta

import pytest

from oncall.domain.imports import windows

HOUR = timedelta(hours=1)


def test_a_short_window_is_one_restriction() -> None:
    assert windows.window([0, 4], time(22), 9 * HOUR) == [{"weekdays": ["mon", "fri"], "from": "22:00", "to": "07:00"}]


def test_without_weekdays_it_is_of_every_day() -> None:
    assert windows.window(None, time(8, 30), HOUR) == [{"from": "08:30", "to": "09:30"}]


def test_a_long_one_is_cut_where_days_end() -> None:
    pieces = windows.window([4], time(17), 64 * HOUR)
    assert [(one["weekdays"], one["from"], one["to"]) for one in pieces] == [
        (["fri"], "17:00", "00:00"),
        (["sat"], "00:00", "00:00"),
        (["sun"], "00:00", "00:00"),
        (["mon"], "00:00", "09:00"),
    ]


def test_what_covers_all_time_is_no_restriction() -> None:
    assert windows.window(None, time(8), 24 * HOUR) == windows.window([2], time(8), 168 * HOUR) == []


def test_a_window_of_no_length_is_refused() -> None:
    with pytest.raises(ValueError, match="some time"):
        windows.window([2], time(8), 0 * HOUR)
