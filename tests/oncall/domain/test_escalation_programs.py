"""Plans that jump become one sequence that ends."""

from oncall.domain.escalation import Goto, Jump, Notify, Plan, RepeatFrom, Step, Target, Wait, notify
from oncall.domain.escalation_programs import Part, programme

TEAM = notify("team")


def parts(**plans: tuple[Step, ...]) -> dict[int, Part]:
    return {int(name[1:]): Part(Plan(steps)) for name, steps in plans.items()}


def test_a_plan_without_jumps_is_its_steps() -> None:
    assert programme(parts(p1=(TEAM, Wait(5))), 1) == (TEAM, Wait(5))


def test_what_is_jumped_to_stands_behind_and_its_repeats_move_along() -> None:
    steps = programme(parts(p1=(TEAM, Jump(2)), p2=(TEAM, Wait(5), RepeatFrom(0, 1))), 1)
    assert steps == (TEAM, Goto(3), Goto(6), TEAM, Wait(5), RepeatFrom(3, 1))


def test_a_policy_that_is_gone_means_the_catch_all() -> None:
    assert programme(parts(p1=(TEAM, Jump(9))), 1) == (TEAM, Goto(2))


def test_a_circle_ends_at_the_catch_all() -> None:
    steps = programme(parts(p1=(Jump(2),), p2=(TEAM, Jump(1))), 1)
    assert steps == (Goto(2), Goto(4), TEAM, Goto(4))
    assert programme(parts(p1=(TEAM, Jump(1))), 1) == (TEAM, Goto(2))


def test_a_policy_that_two_jump_to_stands_there_once() -> None:
    steps = programme(parts(p1=(Jump(2), Jump(3)), p2=(TEAM,), p3=(Jump(2),)), 1)
    assert steps == (Goto(3), Goto(5), Goto(6), TEAM, Goto(6), Goto(3))


def test_roles_are_those_of_the_policys_own_team() -> None:
    own = Notify((Target("primary"), Target("team", team_id=7), Target("person", 3)))
    [step] = programme({1: Part(Plan((own,)), team_id=4)}, 1)
    assert step == Notify((Target("primary", team_id=4), Target("team", team_id=7), Target("person", 3)))
