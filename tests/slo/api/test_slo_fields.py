"""The fields of SLOs."""

from typing import Any

import pytest

from slo.api.slo_fields import SloQuerySerializer, SloSerializer

GOOD: dict[str, Any] = {"service": "checkout", "name": "Answers", "objective": 0.999}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"objective": "NaN"}, "objective"),
        ({"threshold": "Infinity"}, "threshold"),
        ({"slice_target": "much"}, "slice_target"),
        ({"window_days": 0}, "window_days"),
        ({"window_days": 10**30}, "window_days"),
        ({"calendar_unit": "moon"}, "calendar_unit"),
        ({"method": "guess"}, "method"),
        ({"schedule": ["always"]}, "schedule"),
        ({"rules": ["x" * 41]}, "rules"),
        ({"rules": ["page-1h"] * 21}, "rules"),
        ({"name": "a\x00b"}, "name"),
        ({"review_days": -1}, "review_days"),
        ({"colour": "red"}, "colour"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_nonsense_is_named(changes: dict[str, Any], field: str) -> None:
    serializer = SloSerializer(data=GOOD | changes)
    assert not serializer.is_valid()
    assert list(serializer.errors) == [field]


def test_all_wrong_fields_are_named_at_once() -> None:
    serializer = SloSerializer(data={"objective": "x", "colour": "red", "window_days": "y"})
    assert not serializer.is_valid()
    assert set(serializer.errors) == {"service", "name", "objective", "colour", "window_days"}


def test_an_unknown_state_is_no_filter() -> None:
    assert not SloQuerySerializer(data={"state": "sad"}).is_valid()
    assert SloQuerySerializer(data={"state": "firing", "owner": "me"}).is_valid()
