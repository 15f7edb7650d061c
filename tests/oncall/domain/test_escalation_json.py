"""Plans and runs as JSON, of both forms."""

from datetime import time

import pytest

from oncall.domain.escalation import (
    DEFAULT,
    Goto,
    IfHours,
    IfSeverity,
    Jump,
    Notify,
    Plan,
    RepeatFrom,
    Resolve,
    Target,
    Wait,
    notify,
)
from oncall.domain.escalation_json import from_snapshot, program_from_json, program_to_json, to_snapshot
from oncall.domain.escalation_walk import Position

OLD = {
    "steps": [
        {"target": "primary", "after_minutes": 0, "user_id": None},
        {"target": "secondary", "after_minutes": 5, "user_id": None},
        {"target": "team", "after_minutes": 10, "user_id": None},
    ],
    "repeat": 1,
    "pause_minutes": 5,
}
EVERYTHING = Plan(
    (
        Notify((Target("person", 3), Target("schedule", 4, "primary"), Target("team", team_id=5))),
        Wait(5),
        IfHours((0, 6), time(22, 30), time(6), "Europe/Vienna", 2),
        IfSeverity(("critical", "info")),
        RepeatFrom(0, None),
        Jump(7),
        Goto(3),
        Resolve(),
    )
)


@pytest.mark.parametrize("plan", [DEFAULT, EVERYTHING], ids=["default", "everything"])
def test_a_snapshot_reads_back(plan: Plan) -> None:
    assert from_snapshot(to_snapshot(plan)) == plan


def test_a_target_keeps_only_what_it_has() -> None:
    assert to_snapshot(Plan((notify("team"),)))["steps"] == [{"kind": "notify", "targets": [{"kind": "team"}]}]


def test_the_first_form_is_still_read() -> None:
    assert from_snapshot(OLD) == DEFAULT


def test_the_first_form_with_a_first_wait_and_a_person() -> None:
    old = {"steps": [{"target": "person", "after_minutes": 3, "user_id": 8}], "repeat": 0, "pause_minutes": 0}
    assert from_snapshot(old) == Plan((Wait(3), Notify((Target("person", 8),))))
    assert from_snapshot({"steps": [], "repeat": 1, "pause_minutes": 5}) == Plan(())


@pytest.mark.parametrize(
    ("loop", "step", "position"),
    [
        (0, 1, Position(0, 2)),
        (0, 2, Position(0, 4)),
        (1, 0, Position(1, 0, ((6, 1),))),
        (2, 0, Position(2, 7)),
    ],
)
def test_a_run_of_the_first_form_stands_where_it_stood(loop: int, step: int, position: Position) -> None:
    assert program_from_json(OLD, loop=loop, step=step) == (DEFAULT.steps, position)


def test_a_run_keeps_how_often_it_repeated() -> None:
    position = Position(2, 1, ((4, 1), (11, 1)))
    kept = program_to_json(DEFAULT.steps, position)
    assert program_from_json(kept, loop=2, step=1) == (DEFAULT.steps, position)
