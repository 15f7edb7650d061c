"""Steps as the API says them, and what editors send."""

from typing import Any

import pytest

from oncall.api import policy_steps
from oncall.domain.escalation import DEFAULT, Jump, Notify, Plan, Target
from oncall.selectors.step_refs import Named, References
from portal.accounts.domain.actors import Actor
from portal.lib.errors import Invalid


def test_what_is_gone_has_no_id_any_more() -> None:
    plan = Plan((Notify((Target("person", 9), Target("team", team_id=9))), Jump(9)))
    first, second = policy_steps.shown(plan, Named())
    assert first["targets"] == [{"kind": "person", "id": None}, {"kind": "team", "team": None}]
    assert second == {"kind": "jump", "policy": None}


def test_steps_are_counted_from_one() -> None:
    assert policy_steps.shown(DEFAULT, Named())[-1] == {"kind": "repeat_from", "from_step": 1, "times": 1}


def test_everything_that_is_missing_is_named_at_once(db: None) -> None:
    said: list[dict[str, Any]] = [{"kind": "wait"}, {"kind": "jump", "policy": "pol_x"}]
    with pytest.raises(Invalid) as refused:
        policy_steps.plan_of(said, References(Actor.system("x")))
    assert list(refused.value.fields) == ["steps.0.minutes", "steps.1.policy"]
