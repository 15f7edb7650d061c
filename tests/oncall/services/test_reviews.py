from datetime import date, datetime
from typing import Any

import pytest

from oncall.models import AlertReview
from oncall.selectors import reviews as found
from oncall.services import reviews
from oncall.services.reviews import Judgement
from portal.accounts.selectors.actors import actor_for_user
from portal.lib.errors import Invalid

pytestmark = pytest.mark.django_db
WEEK = date(2026, 3, 4)


def _decide(user: Any, team: Any, now: datetime, **said: Any) -> AlertReview:
    judgement = Judgement(**({"decision": "change", "owner_id": user.pk} | said))
    actor = actor_for_user(user)
    return reviews.decide(
        actor=actor, team_id=team.pk, week=WEEK, alert_class="a", title="Disk", judgement=judgement, now=now
    )


def test_a_decision_stands_at_the_monday_of_its_week(alice: Any, team: Any, now: datetime) -> None:
    assert _decide(alice, team, now).week == date(2026, 3, 2)


def test_deciding_again_rewrites_the_same_row(alice: Any, team: Any, now: datetime) -> None:
    first, second = _decide(alice, team, now), _decide(alice, team, now, decision="delete")
    assert first.pk == second.pk
    assert AlertReview.objects.get().decision == "delete"


def test_a_change_is_a_task_until_it_is_done(alice: Any, team: Any, now: datetime) -> None:
    made, actor = _decide(alice, team, now), actor_for_user(alice)
    assert list(found.tasks(actor)) == [made]
    assert reviews.finish(actor=actor, review=made, now=now).done_at == now
    assert not found.tasks(actor).exists()


def test_keeping_an_alert_is_no_task(alice: Any, team: Any, now: datetime) -> None:
    _decide(alice, team, now, decision="keep", owner_id=None)
    assert not found.tasks(actor_for_user(alice)).exists()


@pytest.mark.parametrize(("again", "is_done"), [("change", True), ("delete", False)])
def test_only_another_decision_opens_a_finished_task_again(
    alice: Any, team: Any, now: datetime, again: str, is_done: bool
) -> None:
    reviews.finish(actor=actor_for_user(alice), review=_decide(alice, team, now), now=now)
    assert (_decide(alice, team, now, decision=again).done_at is not None) is is_done


def test_what_was_missing_becomes_a_task_of_its_own(alice: Any, team: Any, now: datetime) -> None:
    actor, judgement = actor_for_user(alice), Judgement("missing", owner_id=alice.pk)
    made = reviews.miss(actor=actor, team_id=team.pk, week=WEEK, title=" Queue\n full ", judgement=judgement, now=now)
    assert (made.title, made.decision) == ("Queue full", "missing")
    assert list(found.missing(team, date(2026, 3, 2))) == [made]


@pytest.mark.parametrize(
    ("said", "field"),
    [({"decision": "perhaps"}, "decision"), ({"owner_id": None}, "owner"), ({"owner_id": 999_999}, "owner")],
)
def test_a_decision_that_makes_no_sense_is_refused_by_its_field(
    alice: Any, team: Any, now: datetime, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        _decide(alice, team, now, **said)
    assert list(refused.value.fields) == [field]


def test_a_week_of_no_portals_life_is_refused(alice: Any, team: Any, now: datetime) -> None:
    judgement = Judgement("missing", owner_id=alice.pk)
    with pytest.raises(Invalid) as refused:
        reviews.miss(
            actor=actor_for_user(alice), team_id=team.pk, week=date.max, title="x", judgement=judgement, now=now
        )
    assert list(refused.value.fields) == ["week"]
