"""What a feed may be of."""

from collections.abc import Callable
from typing import Any

from oncall.forms.feeds import FeedForm
from oncall.models import Schedule

ActorOf = Callable[[Any], Any]


def test_nothing_chosen_means_own_shifts(actor_of: ActorOf, alice: Any) -> None:
    form = FeedForm({}, actor=actor_of(alice))
    assert (form.is_valid(), form.cleaned_data) == (True, {"schedule": None, "team": None})


def test_a_private_schedule_of_others_is_no_choice(
    actor_of: ActorOf, charlie: Any, schedule: Schedule, team: Any
) -> None:
    team.is_private = True
    team.save()
    assert "schedule" in FeedForm({"schedule": schedule.pk}, actor=actor_of(charlie)).errors
