"""Fields of untrusted JSON: what is wrong is named by its path, and nothing raises."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from oncall.domain import json_fields
from oncall.domain.json_fields import Problems


@pytest.mark.parametrize("value", [5, True, "", "  ", "a\0b", "\ud800", ["a"], {}, "x" * 256])
def test_what_is_no_text_is_named(value: Any) -> None:
    found: Problems = {}
    json_fields.fields_of({"name": value}, "layers.0", found).text("name")
    assert list(found) == ["layers.0.name"]


@pytest.mark.parametrize("value", [0, 11, True, 2.0, float("nan"), 10**400, "5", []])
def test_what_is_no_number_in_its_range_is_named(value: Any) -> None:
    found: Problems = {}
    assert json_fields.fields_of({"level": value}, "", found).whole("level", 1, 10, 3) == 3
    assert list(found) == ["level"]


@pytest.mark.parametrize(
    "value", ["2026-02-30T09:00", "2026-03-01", "9999-01-01T00:00Z", "0001-01-01T00:00Z", 5, "soon", "2026-03-01T24:00"]
)
def test_what_is_no_time_is_named(value: Any) -> None:
    found: Problems = {}
    fields = json_fields.fields_of({"at": value, "local": value}, "", found)
    assert (fields.instant("at"), fields.local("local", ZoneInfo("UTC"))) == (None, None)
    assert sorted(found) == ["at", "local"]


def test_a_local_time_has_the_offset_of_its_zone_or_none() -> None:
    found: Problems = {}
    berlin = ZoneInfo("Europe/Berlin")
    given = {"plain": "2026-07-01T09:00", "same": "2026-07-01T09:00+02:00", "other": "2026-07-01T09:00Z"}
    fields = json_fields.fields_of(given, "", found)
    assert {str(fields.local(name, berlin)) for name in given} == {"2026-07-01 09:00:00"}
    assert list(found) == ["other"]


@pytest.mark.parametrize(("text", "hour"), [("00:00", 0), ("23:59:59", 23), ("24:00", 0)])
def test_times_of_day_are_read(text: str, hour: int) -> None:
    found = json_fields.fields_of({"at": text}, "", {}).clock("at")
    assert found is not None
    assert found.hour == hour


@pytest.mark.parametrize("value", ["9:00", "24:01", "25:00", "09:60", 9, None, "09:00Z"])
def test_what_is_no_time_of_day_is_named(value: Any) -> None:
    found: Problems = {}
    assert json_fields.fields_of({"at": value}, "", found).clock("at") is None
    assert list(found) == ["at"]


def test_names_stand_once_each() -> None:
    found: Problems = {}
    assert json_fields.texts(["anna", "ben", "anna", 5], "people", found) == ("anna", "ben")
    assert list(found) == ["people.3"]


@pytest.mark.parametrize("body", [None, [], "text", 5])
def test_what_is_no_object_is_said(body: Any) -> None:
    found: Problems = {}
    json_fields.fields_of(body, "", found)
    assert found == {"non_field_errors": ["Give an object."]}
