"""Systems by their keys, and what no export may do to any of them."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oncall.domain import definitions
from oncall.domain.imports import agreement, systems
from oncall.domain.imports.found import Export
from tests.oncall.domain.imports.exports import export

KEYS = sorted(systems.SYSTEMS)
EMPTY: st.SearchStrategy[Any] = st.sampled_from([[], {}, [None], [{}]])
SCRAPS: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | EMPTY


@pytest.mark.parametrize("key", KEYS)
def test_each_says_what_to_fetch(key: str) -> None:
    assert all(line.startswith("/") for line in systems.SYSTEMS[key].asks)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("nothing", [[], [None], ["x"], [[]], [{}], [{"data": {"results": []}}], [1]], ids=str)
def test_nothing_is_found_in_nothing(key: str, nothing: list[Any]) -> None:
    assert systems.read(key, nothing) == Export()


def damaged(value: Any, way: list[int], scrap: Any) -> Any:
    """The same with one part replaced: `way` leads there."""
    if not way or not isinstance(value, list | dict) or not value:
        return scrap
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = keys[way[0] % len(keys)]
    parts = dict(value) if isinstance(value, dict) else dict(enumerate(value))
    parts[key] = damaged(value[key], way[1:], scrap)
    return parts if isinstance(value, dict) else list(parts.values())


@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=40)
@given(way=st.lists(st.integers(0, 50), min_size=2, max_size=9), scrap=SCRAPS)
def test_whatever_is_broken_in_an_export_what_is_left_can_be_stored(key: str, way: list[int], scrap: Any) -> None:
    found = systems.read(key, damaged(export(key), way, scrap))
    assert [definitions.problems(one.definition) for one in found.schedules] == [{}] * len(found.schedules)
    assert all(len(agreement.differences(one)) >= 0 for one in found.schedules)
