"""What is wrong with a plan, by step and field."""

from datetime import time

import pytest

from oncall.domain.escalation import (
    Goto,
    IfHours,
    IfSeverity,
    Jump,
    Notify,
    Plan,
    RepeatFrom,
    Resolve,
    Step,
    Target,
    Wait,
    notify,
)
from oncall.domain.escalation_checks import problems

TEAM = notify("team")
OFFICE = IfHours((0, 1), time(9), time(17), "Europe/Vienna")


def paths(*steps: Step) -> list[str]:
    return [problem.path for problem in problems(Plan(steps))]


@pytest.mark.parametrize(
    "steps",
    [
        (TEAM, Wait(5), RepeatFrom(0, None)),
        (OFFICE, TEAM, Wait(5), notify("administrators")),
        (IfSeverity(("info",), 1), Resolve(), TEAM),
        (Jump(3),),
        (Notify((Target("primary"), Target("shadow"))),),
        (TEAM, Wait(1440), RepeatFrom(0, 5)),
    ],
    ids=["for ever", "office", "resolve", "jump", "shadow", "six days"],
)
def test_a_sound_plan_has_no_problem(steps: tuple[Step, ...]) -> None:
    assert paths(*steps) == []


@pytest.mark.parametrize(
    ("step", "path"),
    [
        (Notify(()), "steps.1.targets"),
        (notify("dog"), "steps.1.targets"),
        (notify("person"), "steps.1.targets"),
        (notify("shadow"), "steps.1.targets"),
        (Notify((Target("schedule", 3, "boss"),)), "steps.1.targets"),
        (Wait(0), "steps.1.minutes"),
        (Wait(1441), "steps.1.minutes"),
        (IfSeverity((), 1), "steps.1.severities"),
        (IfSeverity(("info",), 2), "steps.1.covers"),
        (IfHours((), time(9), time(17), "UTC"), "steps.1.weekdays"),
        (IfHours((0,), time(9), time(17), "Mars/Base"), "steps.1.zone"),
        (RepeatFrom(1, 1), "steps.1.to"),
        (RepeatFrom(0, 10), "steps.1.times"),
        (RepeatFrom(0, None), "steps.1.times"),
        (Resolve(), "steps.1.kind"),
        (Goto(0), "steps.1.kind"),
    ],
)
def test_a_problem_names_the_step_and_its_field(step: Step, path: str) -> None:
    assert paths(TEAM, step, TEAM) == [path]


def test_a_plan_has_steps_and_somebody_to_page() -> None:
    assert (paths(), paths(Wait(5)), paths(*[TEAM] * 21)) == (["steps"], ["steps"], ["steps"])


def test_all_repeats_end_within_a_week() -> None:
    assert "within 7 days" in problems(Plan((TEAM, Wait(1440), RepeatFrom(0, 7))))[0].text


def test_a_condition_at_the_end_is_told_so() -> None:
    assert "No step comes after it." in [problem.text for problem in problems(Plan((TEAM, OFFICE)))]
