from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from postmortems.exceptions import WrongState
from postmortems.models import Postmortem
from postmortems.services import ways
from tests.factories.postmortems import complete_postmortem, postmortem

ActorOf = Callable[[Any], Any]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("draft", "in_review"),
        ("in_review", "draft"),
        ("in_review", "approved"),
        ("approved", "published"),
        ("published", "closed"),
        ("closed", "published"),
        ("draft", "draft"),
    ],
)
def test_every_step_is_named_by_where_it_leads(
    bob: Any, team: Any, actor_of: ActorOf, now: datetime, before: str, after: str
) -> None:
    made = complete_postmortem(team=team, state=before)
    assert ways.move(actor=actor_of(bob), postmortem=made, state=after, now=now).state == after


def test_text_and_state_change_together_or_not_at_all(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team, title="Old")
    with pytest.raises(WrongState):
        ways.change(actor=actor_of(bob), postmortem=made, fields={"title": "New"}, texts={}, state="closed", now=now)
    assert Postmortem.objects.get().title == "Old"
