"""Steps in words."""

from datetime import time
from typing import Any

import pytest

from oncall.domain.escalation import (
    IfHours,
    IfSeverity,
    Jump,
    Notify,
    RepeatFrom,
    Resolve,
    Step,
    Target,
    Wait,
    notify,
)
from oncall.selectors.policy_words import words_of
from oncall.selectors.step_refs import Named


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (notify("primary", "team"), "Page the primary on call and everyone of the team"),
        (
            Notify((Target("person", 9), Target("point", 9))),
            "Page a person who is gone and a contact point that is gone",
        ),
        (Notify((Target("schedule", 9, "primary"),)), "Page the primary of a schedule that is gone"),
        (Wait(5), "Wait 5 min"),
        (IfHours((0, 1, 2, 3, 4), time(9), time(17), "UTC"), "Only Mon to Fri, 09:00 to 17:00 (UTC): the next step"),
        (IfSeverity(("critical",), 2), "Only for critical: the next 2 steps"),
        (RepeatFrom(0, 1), "Repeat from step 1, 1 time"),
        (RepeatFrom(1, None), "Repeat from step 2, for ever"),
        (Jump(9), "Go on with a policy that is gone"),
        (Resolve(), "Resolve the alert"),
    ],
    ids=["notify", "gone", "role", "wait", "hours", "severity", "once", "for ever", "jump", "resolve"],
)
def test_a_step_is_a_sentence(step: Step, words: str) -> None:
    assert words_of(step, Named()) == words


def test_another_team_is_named(other_team: Any) -> None:
    step = Notify((Target("team", team_id=other_team.pk),))
    assert words_of(step, Named(teams={other_team.pk: other_team})) == "Page everyone of the team of Search"
