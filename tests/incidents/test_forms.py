from collections.abc import Callable
from typing import Any

from incidents.forms import AffectedForm, AllClearForm, StatusForm, UpdateForm, responder_services
from incidents.models import Incident


def choices_of(form: Any, name: str) -> list[tuple[str, str]]:
    return list(form.fields[name].choices)


def test_only_the_states_that_may_follow_are_offered() -> None:
    offered = [value for value, _ in choices_of(StatusForm(incident=Incident(status="resolved")), "status")]
    assert offered == ["investigating", "monitoring", "closed"]


def test_the_public_is_offered_for_public_incidents_only() -> None:
    assert len(choices_of(UpdateForm(incident=Incident(is_public=False)), "audience")) == 1
    assert len(choices_of(UpdateForm(incident=Incident(is_public=True)), "audience")) == 2


def test_the_first_step_asks_for_no_follow_up() -> None:
    assert "follow_up" not in AllClearForm(step="should_be_fixed").fields


def test_a_state_that_is_emptied_takes_the_service_away(bob: Any, service: Any, actor_of: Callable[[Any], Any]) -> None:
    form = AffectedForm({"add_state": "major_outage"}, actor=actor_of(bob), affected={service: "major_outage"})
    assert form.is_valid()
    assert form.states_of(form.cleaned_data) == {}


def test_only_services_of_ones_teams_are_offered(
    bob: Any, charlie: Any, service: Any, actor_of: Callable[[Any], Any]
) -> None:
    assert list(responder_services(actor_of(bob))) == [service]
    assert list(responder_services(actor_of(charlie))) == []
