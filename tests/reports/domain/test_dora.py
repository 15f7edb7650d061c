"""DORA's five numbers by their definitions."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.reports.domain.dora import DEFINITIONS, Change, Deployment, Dora, dora, median

START = datetime(2026, 1, 1, tzinfo=UTC)
END = START + timedelta(days=10)
HOUR = timedelta(hours=1)


def at(hours: float) -> datetime:
    return START + hours * HOUR


def deployed(key: int, hours: float, **fields: Any) -> Deployment:
    return Deployment(key=key, started_at=at(hours), **fields)


def told(*known: Deployment) -> Dora:
    return dora(known, start=START, end=END)


def test_nothing_is_no_data_and_no_bucket() -> None:
    found = told()
    assert (found.lead_time, found.recovery) == (None, None)
    assert (found.frequency_per_day, found.failure_ratio, found.rework_ratio) == (None, None, None)


def test_lead_time_is_the_median_of_changes_not_of_deployments() -> None:
    many = [Change(f"c{n}", at(9)) for n in range(3)]
    found = told(deployed(1, 10, changes=many), deployed(2, 50, changes=[Change("d", at(0))]))
    assert (found.lead_time, found.changes) == (HOUR, 4)


def test_a_change_counts_once_when_it_first_arrives() -> None:
    one = Change("abc", at(0))
    found = told(deployed(1, 2, changes=[one]), deployed(2, 90, changes=[one]))
    assert (found.lead_time, found.changes) == (2 * HOUR, 1)


def test_a_change_that_arrived_before_the_period_does_not_count_again() -> None:
    one = Change("abc", at(-50))
    assert told(deployed(1, -5, changes=[one]), deployed(2, 5, changes=[one])).changes == 0


def test_the_end_of_a_deployment_ends_the_lead_time() -> None:
    assert told(deployed(1, 2, finished_at=at(5), changes=[Change("a", at(1))])).lead_time == 4 * HOUR


def test_a_rollback_brings_no_change() -> None:
    assert told(deployed(1, 2, is_rollback=True, changes=[Change("a", at(0))])).changes == 0


def test_impossible_lead_times_are_left_out_and_told() -> None:
    found = told(deployed(1, 2, changes=[Change("a", at(3)), Change("b", at(1))]))
    assert (found.lead_time, found.changes, found.impossible) == (HOUR, 1, 1)


def test_changes_without_a_commit_are_all_counted() -> None:
    assert told(deployed(1, 2, changes=[Change("", at(0)), Change("", at(1))])).changes == 2


def test_frequency_counts_rollbacks_and_no_running_ones() -> None:
    found = told(deployed(1, 0), deployed(2, 5, is_rollback=True), deployed(3, 6, status="running"))
    assert found.frequency_per_day == Fraction(2, 10)


def test_the_period_is_half_open() -> None:
    assert told(deployed(1, -0.001), deployed(2, 0), deployed(3, 240)).deployments == 1


@pytest.mark.parametrize(
    ("fields", "failed"),
    [({"status": "failed"}, 1), ({"status": "rolled_back"}, 1), ({}, 0)],
    ids=["failed", "rolled back", "succeeded"],
)
def test_failed_by_its_status(fields: dict[str, Any], failed: int) -> None:
    assert told(deployed(1, 1, **fields), deployed(2, 2)).failure_ratio == Fraction(failed, 2)


def test_what_was_rolled_back_failed_once_however_often_it_is_told() -> None:
    undo = [deployed(key, key, is_rollback=True, rollback_of=1) for key in (2, 3)]
    found = told(deployed(1, 1, status="rolled_back"), *undo)
    assert (found.failed, found.failure_ratio) == (1, Fraction(1, 3))


def test_recovery_by_a_rollback() -> None:
    undo = deployed(2, 3, finished_at=at(4), is_rollback=True, rollback_of=1)
    found = told(deployed(1, 1), undo, deployed(3, 90))
    assert (found.recovery, found.recovered) == (3 * HOUR, 1)


def test_recovery_by_the_next_deployment_that_succeeds() -> None:
    found = told(deployed(1, 1, status="failed"), deployed(2, 2, status="failed"), deployed(3, 6))
    assert (found.recovery, found.recovered, found.unrecovered) == (4.5 * HOUR, 2, 0)


def test_what_is_not_recovered_is_told() -> None:
    found = told(deployed(1, 1, status="failed"), deployed(2, 2, status="running"))
    assert (found.recovery, found.recovered, found.unrecovered) == (None, 0, 1)


def test_a_recovery_after_the_period_counts() -> None:
    assert told(deployed(1, 239, status="failed"), deployed(2, 241)).recovery == 2 * HOUR


def test_rework_is_what_an_incident_made_necessary() -> None:
    found = told(deployed(1, 1), deployed(2, 2, is_unplanned=True), deployed(3, 3, is_rollback=True, is_unplanned=True))
    assert found.rework_ratio == Fraction(2, 3)


DEPLOYMENTS = st.lists(
    st.builds(
        Deployment,
        key=st.integers(1, 8),
        started_at=st.integers(-50, 300).map(at),
        status=st.sampled_from(["succeeded", "failed", "rolled_back", "running"]),
        is_rollback=st.booleans(),
        rollback_of=st.none() | st.integers(1, 8),
        is_unplanned=st.booleans(),
        changes=st.lists(st.builds(Change, st.sampled_from("abc"), st.integers(-50, 300).map(at)), max_size=2),
    ),
    max_size=8,
    unique_by=lambda one: one.key,
)


@settings(max_examples=30)
@given(DEPLOYMENTS)
def test_no_share_is_above_one_and_no_time_below_zero(known: list[Deployment]) -> None:
    found = told(*known)
    assert found.failed <= found.deployments
    assert found.unplanned <= found.deployments
    assert found.recovered <= found.failed
    assert (found.lead_time or HOUR) >= timedelta(0)
    assert (found.recovery or HOUR) >= timedelta(0)


@settings(max_examples=30)
@given(DEPLOYMENTS, st.randoms())
def test_neither_order_nor_repeats_matter(known: list[Deployment], random: Any) -> None:
    shuffled = [*known, *known]
    random.shuffle(shuffled)
    assert told(*shuffled).failure_ratio == told(*known).failure_ratio
    assert told(*shuffled).deployments == told(*known).deployments


def test_the_median_of_an_even_number_lies_between() -> None:
    assert median([HOUR, 4 * HOUR]) == 2.5 * HOUR
    assert median([]) is None


def test_each_number_has_its_definition() -> None:
    assert set(DEFINITIONS) == {"lead_time", "frequency", "recovery", "failure", "rework"}
