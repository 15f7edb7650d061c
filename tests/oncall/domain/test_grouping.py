"""Alerts are one group by labels, by the sender's key, and for a time."""

from datetime import UTC, datetime, timedelta

import pytest

from oncall.domain import grouping

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
LABELS = {"cluster": "a", "pod": "1"}


@pytest.mark.parametrize(
    ("names", "labels", "sender_key", "same"),
    [
        (["cluster"], {"cluster": "a", "pod": "2"}, "", True),
        (["cluster"], {"cluster": "b", "pod": "1"}, "", False),
        (["cluster", "pod"], {"cluster": "a", "pod": "2"}, "", False),
        (["cluster", "cluster"], {"cluster": "a"}, "", True),
        (["zone"], {}, "", True),
        (["cluster"], {"cluster": "a"}, "other", True),
    ],
)
def test_labels_make_a_group(names: list[str], labels: dict[str, str], sender_key: str, same: bool) -> None:
    mine = grouping.key_of("int", sorted(set(names)), LABELS, "one")
    assert (mine == grouping.key_of("int", names, labels, sender_key)) is same


def test_the_order_of_the_names_does_not_matter() -> None:
    assert grouping.key_of("r", ["a", "b"], {"a": "1"}) == grouping.key_of("r", ["b", "a"], {"a": "1"})


def test_values_do_not_run_into_each_other() -> None:
    assert grouping.key_of("r", ["a", "b"], {"a": "1", "b": ""}) != grouping.key_of(
        "r", ["a", "b"], {"a": "", "b": "1"}
    )


@pytest.mark.parametrize(("names", "sender_key"), [([], ""), (["..."], "key"), (["...", "a"], "")])
def test_an_alert_may_stand_alone(names: list[str], sender_key: str) -> None:
    assert grouping.key_of("int", names, LABELS, sender_key) == ""


def test_the_senders_key_makes_a_group_of_its_sender() -> None:
    first, second = grouping.key_of("a", [], LABELS, "g"), grouping.key_of("b", [], {}, "g")
    assert first != second
    assert first == grouping.key_of("a", [], {}, "g")


def test_a_key_fits_the_column_whatever_the_labels_hold() -> None:
    assert len(grouping.key_of(300 * "s", ["a"], {"a": 5000 * "\ud800"})) <= grouping.KEY


@pytest.mark.parametrize(("minutes", "age", "takes"), [(0, 10_000, True), (5, 4, True), (5, 5, False), (5, 6, False)])
def test_how_long_a_group_takes_in_alerts(minutes: int, age: int, takes: bool) -> None:
    assert grouping.takes_in(NOW - timedelta(minutes=age), minutes, NOW) is takes


@pytest.mark.parametrize(("names", "count"), [(["a"], 0), ([""], 1), (21 * ["a"], 1), ([201 * "a"], 1)])
def test_names_to_group_by_are_checked(names: list[str], count: int) -> None:
    assert len(grouping.problems(names)) == count
