"""A plan is walked step by step, loop by loop, and ends with the catch-all."""

from datetime import timedelta

import pytest

from oncall.domain import escalation
from oncall.domain.escalation import CATCH_ALL, DEFAULT, START, Plan, Position, Step


def walk(plan: Plan) -> list[tuple[str, int]]:
    """The targets with the minutes at which they are asked."""
    position, at = START, escalation.first_wait(plan)
    walked = [(escalation.step_at(plan, position).target, at // timedelta(minutes=1))]
    while following := escalation.following(plan, position):
        position, wait = following
        at += wait
        walked.append((escalation.step_at(plan, position).target, at // timedelta(minutes=1)))
    return walked


def test_the_default_plan_asks_everybody_twice_and_then_the_administrators() -> None:
    loop = [("primary", 0), ("secondary", 5), ("team", 10)]
    again = [(target, minutes + 15) for target, minutes in loop]
    assert walk(DEFAULT) == [*loop, *again, ("administrators", 30)]


def test_a_plan_without_repeats_walks_once() -> None:
    assert walk(Plan((Step("team", 2),), repeat=0, pause_minutes=3)) == [("team", 2), ("administrators", 5)]


def test_a_first_wait_counts_again_in_each_loop() -> None:
    assert walk(Plan((Step("team", 2),), repeat=1, pause_minutes=3))[1] == ("team", 7)


def test_an_empty_plan_goes_straight_to_the_catch_all() -> None:
    assert walk(Plan(())) == [("administrators", 0)]


def test_behind_the_last_loop_stands_the_catch_all() -> None:
    assert escalation.step_at(DEFAULT, Position(2, 0)) == CATCH_ALL


def test_a_snapshot_reads_back() -> None:
    assert escalation.from_snapshot(escalation.to_snapshot(DEFAULT)) == DEFAULT


@pytest.mark.parametrize(
    ("plan", "word"),
    [
        (Plan(()), "1 to 10 steps"),
        (Plan((Step("team", 0),) * 11), "1 to 10 steps"),
        (Plan((Step("team", 0),), repeat=10), "0 to 9 times"),
        (Plan((Step("team", 5), Step("team", 0))), "later"),
        (Plan((Step("team", -1),)), "minutes"),
        (Plan((Step("dog", 0),)), "'dog'"),
        (Plan((Step("person", 0),)), "the person"),
    ],
)
def test_an_unsound_plan_is_explained(plan: Plan, word: str) -> None:
    assert any(word in problem for problem in escalation.problems(plan))


def test_the_default_plan_is_sound() -> None:
    assert escalation.problems(DEFAULT) == []
