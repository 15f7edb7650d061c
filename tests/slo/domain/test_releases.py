"""Stages of releases, and what came with them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from slo.domain import releases

CHANGE = {"commit": "abc", "committed_at": "2026-03-04T12:00:00+01:00", "title": "Faster"}


def test_a_canary_goes_one_ten_fifty_hundred() -> None:
    ratio, seen = Decimal(0), []
    while found := releases.next_stage("canary", ratio):
        ratio = found[1]
        seen.append(str(ratio))
    assert seen == ["0.01", "0.1", "0.5", "1"]


@pytest.mark.parametrize("strategy", list(releases.STAGES))
def test_every_strategy_ends_with_everybody(strategy: str) -> None:
    assert releases.STAGES[strategy][-1][1] == 1
    assert releases.next_stage(strategy, Decimal(1)) is None


@pytest.mark.parametrize(
    ("strategy", "ratio", "name"),
    [
        ("canary", "0.10", "canary 10 %"),
        ("canary", "0.25", "25 % rolled out"),
        ("blue_green", "0", "green is up, nobody is on it"),
        ("flag", "1", "flag on for all"),
        ("direct", "0.005", "0.5 % rolled out"),
    ],
)
def test_a_stage_has_a_name(strategy: str, ratio: str, name: str) -> None:
    assert releases.stage_name(strategy, Decimal(ratio)) == name


@pytest.mark.parametrize(
    ("ratio", "fine"),
    [("0", True), ("1", True), ("0.1234", True), ("0.12345", False), ("1.01", False), ("-0.1", False)],
)
def test_a_share_is_a_share(ratio: str, fine: bool) -> None:
    assert (releases.wrong_ratio(Decimal(ratio)) == "") is fine


@pytest.mark.parametrize(
    ("started", "finished", "fields"),
    [
        (0, None, []),
        (5, None, []),
        (6, None, ["started_at"]),
        (-9, -9, []),
        (-9, -10, ["finished_at"]),
        (-9, 6, ["finished_at"]),
        (9, 8, ["started_at", "finished_at"]),
    ],
    ids=str,
)
def test_a_release_lies_in_the_past_and_ends_after_it_began(
    started: int, finished: int | None, fields: list[str]
) -> None:
    now = datetime(2026, 3, 4, 12, tzinfo=UTC)
    end = None if finished is None else now + timedelta(minutes=finished)
    assert list(releases.wrong_times(now + timedelta(minutes=started), end, now)) == fields


def test_changes_are_kept_with_times_in_utc() -> None:
    found, problems = releases.changes_of([CHANGE])
    assert problems == {}
    assert found == [{"commit": "abc", "committed_at": "2026-03-04T11:00:00+00:00", "title": "Faster"}]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ("all", "changes"),
        ([CHANGE] * 501, "changes"),
        ([1], "changes.0"),
        ([{**CHANGE, "committed_at": "2026-03-04T12:00:00"}], "changes.0.committed_at"),
        ([CHANGE, {**CHANGE, "committed_at": 5}], "changes.1.committed_at"),
        ([{**CHANGE, "commit": "x" * 65}], "changes.0.commit"),
        ([{**CHANGE, "title": None}], "changes.0.title"),
    ],
    ids=["no list", "too many", "no object", "no zone", "no time", "long commit", "no title"],
)
def test_what_is_wrong_with_changes_is_named(given: Any, field: str) -> None:
    assert list(releases.changes_of(given)[1]) == [field]


def test_what_is_not_offered_is_named() -> None:
    offered = {"status": [("a", "A"), ("b", "B")], "kind": [("c", "C")]}
    assert releases.wrong_choices({"status": "x", "kind": "c"}, offered) == {"status": ["Choose one of a, b."]}
    assert releases.wrong_choices({}, offered) == {}


@pytest.mark.parametrize("value", ["2026-03-04T11:00:00Z", "2026-03-04T12:00:00+01:00"])
def test_an_instant_has_a_zone(value: str) -> None:
    assert releases.instant_of(value) == datetime(2026, 3, 4, 11, tzinfo=UTC)


@pytest.mark.parametrize("value", [None, 3, "", "now", "2026-03-04", "0001-01-01T00:00:00+14:00"])
def test_what_is_no_instant_is_none(value: Any) -> None:
    assert releases.instant_of(value) is None
