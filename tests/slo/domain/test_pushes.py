from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.pushes import BadPush, Bounds, Pushed, instant_of, read, unknown_fields

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
BOUNDS = Bounds(oldest=datetime(2026, 2, 25, tzinfo=UTC), now=NOON)
GOOD = {"minute": "2026-03-04T11:59:00Z", "good": 9, "total": 10}


def faults(*items: Any, source: Any = "edge-1") -> dict[str, list[str]]:
    with pytest.raises(BadPush) as refused:
        read(source, list(items), BOUNDS)
    return refused.value.errors


def test_counts_are_read_in_their_order() -> None:
    other = {"minute": "2026-03-04T12:58:00+01:00", "good": 0, "total": 0}
    assert read("edge-1", [GOOD, other], BOUNDS) == [
        Pushed(NOON - timedelta(minutes=1), 9, 10),
        Pushed(NOON - timedelta(minutes=2), 0, 0),
    ]


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        ({"minute": "yesterday"}, "minute", "time with its zone"),
        ({"minute": "2026-03-04T11:59:00"}, "minute", "time with its zone"),
        ({"minute": 1772625540}, "minute", "time with its zone"),
        ({"minute": "0001-01-01T00:00:00+14:00"}, "minute", "time with its zone"),
        ({"minute": "2026-03-04T11:59:30Z"}, "minute", "full minute"),
        ({"minute": "2026-03-04T12:01:00Z"}, "minute", "future"),
        ({"minute": "2026-02-24T23:59:00Z"}, "minute", "not kept any more"),
        ({"good": 11}, "good", "11 good of 10"),
        ({"good": -1}, "good", "whole number"),
        ({"good": True}, "good", "whole number"),
        ({"total": 10.0}, "total", "whole number"),
        ({"total": float("nan")}, "total", "whole number"),
        ({"total": 10**16}, "total", "whole number"),
        ({"total": None}, "total", "whole number"),
        ({"bad": 1}, "bad", "no such field"),
    ],
    ids=range(15),
)
def test_a_fault_names_its_item(change: dict[str, Any], name: str, words: str) -> None:
    found = faults(GOOD | {"minute": "2026-03-04T11:00:00Z"}, GOOD | change)
    assert list(found) == [f"minutes.1.{name}"]
    assert words in found[f"minutes.1.{name}"][0]


def test_all_faults_are_named_at_once() -> None:
    found = faults({"minute": "x", "good": "a", "total": -1}, 7, GOOD, GOOD, source="a b")
    first = [f"minutes.0.{name}" for name in ("good", "minute", "total")]
    assert sorted(found) == [*first, "minutes.1", "minutes.3.minute", "source"]


@pytest.mark.parametrize("minutes", [None, [], {}, "x", [GOOD] * 1001], ids=["none", "empty", "dict", "text", "many"])
def test_a_push_has_up_to_a_thousand_minutes(minutes: Any) -> None:
    with pytest.raises(BadPush) as refused:
        read("edge-1", minutes, BOUNDS)
    assert list(refused.value.errors) == ["minutes"]


@pytest.mark.parametrize("source", ["", "a b", "x" * 81, 5, None, "a\x00"], ids=range(6))
def test_a_source_has_a_plain_name(source: Any) -> None:
    assert list(faults(GOOD, source=source)) == ["source"]


def test_the_open_minute_may_be_pushed_and_replaced() -> None:
    assert read("edge-1", [GOOD | {"minute": "2026-03-04T12:00:00Z"}], BOUNDS)[0].minute == NOON


def test_unknown_members_are_named() -> None:
    assert list(unknown_fields({"source": 1, "minutes": 2, "sli": 3})) == ["sli"]


@settings(max_examples=30)
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner, max_size=3)))
def test_nonsense_is_refused_and_never_breaks(value: Any) -> None:
    assert faults({"minute": value, "good": value, "total": value})
    assert faults(value)


@settings(max_examples=30)
@given(st.text())
def test_any_text_is_an_instant_or_none(text: str) -> None:
    found = instant_of(text)
    assert found is None or found.tzinfo is UTC
