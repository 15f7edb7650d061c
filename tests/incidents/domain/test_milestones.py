from datetime import UTC, datetime, timedelta

import pytest

from incidents.domain import milestones
from incidents.domain.milestones import Length, Measure, Milestones

T = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
RECOVER = Measure("recover", "Time to recovery", "impact_start", "recovered")


def test_times_in_order_have_no_problem() -> None:
    assert milestones.problems(Milestones(impact_start=T, detected=T, recovered=T + MINUTE)) == {}


@pytest.mark.parametrize(("earlier", "later"), milestones.ORDER)
def test_a_milestone_before_one_it_must_follow_is_a_problem(earlier: str, later: str) -> None:
    found = milestones.problems(Milestones(**{earlier: T, later: T - MINUTE}))
    assert list(found) == [later]


def test_a_problem_says_what_it_must_follow() -> None:
    found = milestones.problems(Milestones(mitigated=T, recovered=T - MINUTE))
    assert found["recovered"] == "This cannot be before mitigated."


def test_a_length_is_the_difference_of_two_milestones() -> None:
    reached = Milestones(impact_start=T, recovered=T + 7 * MINUTE)
    assert milestones.length(reached, RECOVER) == Length(7 * MINUTE)


def test_an_open_length_counts_up_to_now_and_says_so() -> None:
    assert milestones.length(Milestones(impact_start=T), RECOVER, now=T + MINUTE) == Length(MINUTE, is_open=True)


def test_an_open_length_without_a_clock_is_unknown() -> None:
    assert milestones.length(Milestones(impact_start=T), RECOVER) is None


def test_nothing_is_measured_from_an_unknown_start() -> None:
    assert milestones.length(Milestones(recovered=T), RECOVER, now=T) is None


def test_impossible_times_have_no_length() -> None:
    assert milestones.length(Milestones(impact_start=T, recovered=T - MINUTE), RECOVER) is None


def test_reached_milestones_come_in_the_order_of_time() -> None:
    reached = Milestones(declared=T, impact_start=T - MINUTE, detected=T)
    assert [name for name, _ in milestones.reached(reached)] == ["impact_start", "detected", "declared"]


def test_every_measure_defines_itself_by_its_milestones() -> None:
    assert RECOVER.definition == "recovered - impact started"


@pytest.mark.parametrize("measure", milestones.MEASURES)
def test_every_measure_names_milestones_that_exist(measure: Measure) -> None:
    assert {measure.start, measure.end} <= set(milestones.NAMES)


def test_every_milestone_has_a_label() -> None:
    assert set(milestones.LABELS) == set(milestones.NAMES)
