"""Rows of hours and seasons."""

from typing import Any

from slo.forms.schedule_rows import schedule_rows

WORK = {"days": [0, 1, 2, 3, 4], "from": "08:00", "until": "18:00"}


def sent(*rows: dict[str, Any]) -> dict[str, Any]:
    fields = {f"hours-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return {"hours-TOTAL_FORMS": str(len(rows)), "hours-INITIAL_FORMS": "0", **fields}


def test_rows_become_entries_and_empty_rows_nothing() -> None:
    rows = schedule_rows(sent({"days": ["0", "4"], "starts": "08:00", "ends": "18:00"}, {}), [])
    assert rows.is_valid()
    assert rows.entries() == [{"from": "08:00", "until": "18:00", "days": [0, 4]}]


def test_a_season_alone_is_an_entry() -> None:
    rows = schedule_rows(sent({"season_from": "12-01", "season_until": "01-06"}), [])
    assert rows.is_valid()
    assert rows.entries() == [{"season_from": "12-01", "season_until": "01-06"}]


def test_a_wrong_time_is_told_at_its_row() -> None:
    rows = schedule_rows(sent({"starts": "8", "ends": "18:00"}), [])
    assert not rows.is_valid()
    assert rows.forms[0].non_field_errors() == ["from is written like 08:00."]


def test_a_schedule_is_shown_as_it_was_typed() -> None:
    rows = schedule_rows(None, [WORK])
    assert rows.forms[0].initial == {
        **dict.fromkeys(("season_from", "season_until"), ""),
        "starts": "08:00",
        "ends": "18:00",
        "days": [0, 1, 2, 3, 4],
    }
    assert len(rows.forms) == 2


def test_endless_rows_are_refused() -> None:
    assert not schedule_rows(sent(*[{"starts": "08:00", "ends": "09:00"}] * 21), []).is_valid()
