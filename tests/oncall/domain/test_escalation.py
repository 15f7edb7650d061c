"""Plans as data."""

from oncall.domain import escalation, escalation_checks


def test_the_default_plan_is_sound() -> None:
    assert escalation_checks.problems(escalation.DEFAULT) == []


def test_the_default_plan_asks_primary_secondary_and_the_team() -> None:
    kinds = [step.targets[0].kind for step in escalation.DEFAULT.steps if isinstance(step, escalation.Notify)]
    assert kinds == ["primary", "secondary", "team"]


def test_every_target_has_words() -> None:
    assert all(escalation.TARGETS.values())
