"""Objects are picked out of whatever was pasted."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from oncall.domain.imports import found

BERLIN = ZoneInfo("Europe/Berlin")


def test_answers_and_lists_are_unwrapped_and_things_are_not() -> None:
    documents = [{"results": [{"id": "1", "users": ["u"]}]}, {"schedule": {"id": "2"}}, [{"id": "3"}]]
    assert [(name, one["id"]) for name, one in found.objects(documents)] == [("", "1"), ("schedule", "2"), ("", "3")]


def test_a_time_without_an_offset_is_on_the_wall() -> None:
    assert found.moment("2026-07-01T09:00:00", BERLIN) == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert found.moment("2026-07-01T09:00:00Z", BERLIN) == datetime(2026, 7, 1, 9, tzinfo=UTC)
    assert found.moment(["x"], BERLIN) is None


def test_an_unknown_zone_is_noted() -> None:
    notes = found.Notes()
    assert (found.zone_of("Mars/Base", notes).key, len(notes.all())) == ("UTC", 1)


def test_what_is_no_text_or_number_is_nothing() -> None:
    assert (found.text({"a": 1}), found.text("a\0b"), found.items("x"), found.dicts([1, {}])) == ("", "ab", [], [{}])
    assert (found.whole(True, 5), found.whole(-1, 5), found.whole(7, 5)) == (5, 5, 7)
