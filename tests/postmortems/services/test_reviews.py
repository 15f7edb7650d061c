from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.models import OutgoingMail
from postmortems.exceptions import Incomplete, ItemsOpen, OwnReview, WrongState
from postmortems.services import reviews
from tests.factories.postmortems import ActionItemFactory, complete_postmortem, postmortem

ActorOf = Callable[[Any], Any]


def test_reviewers_are_asked_once(alice: Any, bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team)
    reviews.submit(actor=actor_of(bob), postmortem=made, reviewers=[alice], now=now)
    reviews.send_back(actor=actor_of(bob), postmortem=made, now=now)
    done = reviews.submit(actor=actor_of(bob), postmortem=made, reviewers=[alice], now=now)
    assert done.state == "in_review"
    assert OutgoingMail.objects.get().to == alice.email


def test_somebody_else_approves(alice: Any, bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team, state="in_review", owner=bob)
    done = reviews.approve(actor=actor_of(alice), postmortem=made, comment="Good", now=now)
    assert (done.state, done.reviews.get().comment) == ("approved", "Good")


def test_the_owner_does_not_approve(alice: Any, bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(OwnReview):
        reviews.approve(actor=actor_of(bob), postmortem=postmortem(team=team, state="in_review", owner=bob), now=now)


def test_a_team_of_one_may(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team, state="in_review", owner=bob)
    assert reviews.approve(actor=actor_of(bob), postmortem=made, now=now).state == "approved"


def test_a_complete_document_is_published(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = complete_postmortem(team=team, state="approved")
    done = reviews.publish(actor=actor_of(bob), postmortem=made, now=now)
    assert (done.state, done.published_at) == ("published", now)


def test_what_is_required_holds_it_up(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Incomplete) as caught:
        reviews.publish(actor=actor_of(bob), postmortem=postmortem(team=team, state="approved"), now=now)
    assert set(caught.value.fields) == {"empty-section", "no-action-items"}


def test_a_draft_is_not_published(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(WrongState):
        reviews.publish(actor=actor_of(bob), postmortem=complete_postmortem(team=team), now=now)


def test_open_items_keep_it_open(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team, state="published")
    ActionItemFactory(team=team, postmortem=made)
    with pytest.raises(ItemsOpen, match="1 action item is still open"):
        reviews.close(actor=actor_of(bob), postmortem=made, now=now)


def test_it_closes_when_everything_is_done_or_refused(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team, state="published")
    ActionItemFactory(team=team, postmortem=made, state="done", finished_at=now)
    ActionItemFactory(team=team, postmortem=made, state="not_doing", reason="Costs", finished_at=now)
    assert reviews.close(actor=actor_of(bob), postmortem=made, now=now).closed_at == now


def test_it_opens_again(bob: Any, team: Any, actor_of: ActorOf, now: datetime) -> None:
    made = postmortem(team=team, state="closed")
    assert reviews.reopen(actor=actor_of(bob), postmortem=made, now=now).state == "published"
