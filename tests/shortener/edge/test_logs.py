"""Log lines are JSON objects."""

import json
import logging

from shortener.edge.logs import JsonFormatter


def _line(**values: object) -> dict[str, object]:
    fixed = {"name": "edge", "levelname": "WARNING", "msg": "lost %s", "args": ("it",)}
    record = logging.makeLogRecord({**fixed, **values})
    parsed: dict[str, object] = json.loads(JsonFormatter().format(record))
    return parsed


def test_a_line_has_time_level_and_event() -> None:
    line = _line(created=0.0)
    assert line["timestamp"] == "1970-01-01T00:00:00.000+00:00"
    assert (line["level"], line["logger"], line["event"]) == ("warning", "edge", "lost it")


def test_extra_fields_stand_beside_the_event() -> None:
    assert _line(cursor=7)["cursor"] == 7


def test_an_exception_is_one_field() -> None:
    line = _line(exc_info=(ValueError, ValueError("no\nnewline"), None))
    assert str(line["exception"]).endswith("ValueError: no\nnewline")
