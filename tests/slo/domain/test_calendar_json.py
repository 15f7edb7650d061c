"""Release windows as plain data."""

from datetime import date
from typing import Any

import pytest

from slo.domain.calendar_json import BadCalendar, as_json, parse
from slo.domain.release_windows import Calendar, Closed, Hours

HOURS = {"days": ["fri", "mon", "mon"], "from": "10:00", "until": "24:00"}
GOOD = {
    "zone": "Europe/Vienna",
    "hours": [HOURS],
    "country": "at",
    "subdivision": "9",
    "closed": [{"from": "2026-12-20", "until": "2027-01-02", "name": "freeze"}, {"from": "2026-05-02"}],
}


def test_it_is_read() -> None:
    days = (
        Closed(date(2026, 12, 20), date(2027, 1, 2), "freeze"),
        Closed(date(2026, 5, 2), date(2026, 5, 2), "closed"),
    )
    assert parse(GOOD) == Calendar("Europe/Vienna", (Hours((0, 4), 600, 1440),), "AT", "9", days)


def test_what_is_written_is_read_back() -> None:
    assert parse(as_json(parse(GOOD))) == parse(GOOD)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"zone": "../etc/passwd"}, "zone"),
        ({"zone": "UTC\0"}, "zone"),
        ({"zone": 3}, "zone"),
        ({"hours": []}, "hours"),
        ({"hours": "always"}, "hours"),
        ({"hours": [HOURS] * 51}, "hours"),
        ({"hours": ["x"]}, "hours.0"),
        ({"hours": [{**HOURS, "days": []}]}, "hours.0.days"),
        ({"hours": [{**HOURS, "days": [["mon"]]}]}, "hours.0.days"),
        ({"hours": [{**HOURS, "until": "09:00"}]}, "hours.0.from"),
        ({"hours": [{**HOURS, "until": "16:00:30"}]}, "hours.0.from"),
        ({"hours": [{**HOURS, "from": None}]}, "hours.0.from"),
        ({"country": "Austria-Hungary"}, "country"),
        ({"closed": "always"}, "closed"),
        ({"closed": [{"from": "2026-02-30"}]}, "closed.0.from"),
        ({"closed": [{"from": "2026-02-03", "until": "2026-02-02"}]}, "closed.0.from"),
        ({"closed": [{"from": "9999-12-31"}]}, "closed.0.from"),
        ({"closed": [{"from": "2026-02-03", "name": "x" * 101}]}, "closed.0.name"),
    ],
    ids=lambda value: str(value)[:60].replace("\0", "NUL"),
)
def test_what_is_wrong_is_named(given: dict[str, Any], field: str) -> None:
    with pytest.raises(BadCalendar) as caught:
        parse({**GOOD, **given})
    assert field in caught.value.fields


def test_everything_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(BadCalendar) as caught:
        parse({"zone": "x", "hours": [{"days": ["x"], "from": "x"}], "closed": [{}]})
    assert set(caught.value.fields) == {"zone", "hours.0.days", "hours.0.from", "closed.0.from"}
