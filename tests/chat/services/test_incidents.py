from collections.abc import Callable
from typing import Any

import pytest

from incidents.models import Incident, TimelineEntry, Update
from tests.factories.catalog import ServiceFactory
from tests.factories.incidents import IncidentFactory

pytestmark = pytest.mark.django_db
Say = Callable[[str], str]


@pytest.fixture
def shop(team: Any) -> Any:
    return ServiceFactory(team=team, slug="shop", name="Shop")


@pytest.fixture
def outage(team: Any, shop: Any) -> Any:
    return IncidentFactory(team=team, service=shop, title="Cart gone")


def test_an_incident_is_declared_and_the_asker_commands(say: Say, shop: Any, alice: Any) -> None:
    told = say("incident sev2 shop The cart is gone")
    made = Incident.objects.get()
    assert told == f"INC-{made.number} is declared, SEV2: The cart is gone. Alice commands."
    assert (made.service, made.severity, made.created_by) == (shop, 2, alice)


@pytest.mark.parametrize("text", ["incident", "incident sev2 shop", "incident urgent shop Cart gone"])
def test_a_declaration_says_how_bad_where_and_what(say: Say, shop: Any, text: str) -> None:
    assert "`incident sev2 checkout The cart is gone`" in say(text)
    assert not Incident.objects.exists()


@pytest.mark.parametrize("named", [True, False])
def test_a_note_goes_to_the_timeline_of_the_open_incident(say: Say, outage: Any, named: bool) -> None:
    handle = f"INC-{outage.number} " * named
    assert say(f"note {handle}Rolled back to v41") == f"Noted on INC-{outage.number}."
    assert TimelineEntry.objects.filter(incident=outage, text="Rolled back to v41", author="Alice (Slack)").exists()


def test_an_update_is_for_the_inside_and_says_when_the_next_is_due(say: Say, outage: Any) -> None:
    assert say("update We roll back").startswith(f"Posted on INC-{outage.number}. The next one is due at")
    assert Update.objects.get(incident=outage).audience == "internal"


def test_with_two_open_incidents_the_number_is_asked_for(say: Say, outage: Any, team: Any) -> None:
    IncidentFactory(team=team)
    assert say("note Hello").startswith("There is more than one open incident; give its number.")


@pytest.mark.parametrize(
    ("text", "answer"),
    [("note", "Say what"), ("note INC-99999 Hello", "There is no open incident INC-99999"), ("update", "Say what")],
)
def test_what_is_missing_is_said(say: Say, outage: Any, text: str, answer: str) -> None:
    assert say(text).startswith(answer)
