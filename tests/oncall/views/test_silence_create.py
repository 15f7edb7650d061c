"""Silencing, with what it would catch before the eyes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Alert, Silence
from tests.factories.oncall import arriving

ClientFor = Callable[[Any], Client]
GIVEN = {
    "matchers": 'severity="critical"',
    "comment": "Moving",
    "starts_at": "2026-03-04T12:00",
    "ends_at": "2026-03-05T13:00",
    "repeats": "",
    "zone": "Europe/Vienna",
}
pytestmark = pytest.mark.usefixtures("stopped")


def url(team: Any, alert: Alert | None = None) -> str:
    return f"{reverse('silence_create')}?team={team.slug}" + (f"&alert={alert.public_id}" if alert else "")


def test_a_responder_silences_for_25_hours(client_for: ClientFor, bob: Any, team: Any) -> None:
    alert = arriving(team)
    client_for(bob).post(url(team), GIVEN)
    found = Alert.objects.get(pk=alert.pk)
    assert (found.held_by, found.held_until) == ("silenced", Silence.objects.get().ends_at)


def test_the_labels_of_an_alert_are_filled_in(client_for: ClientFor, bob: Any, team: Any) -> None:
    alert = arriving(team, labels={"app": "shop"})
    text = client_for(bob).get(url(team, alert)).text
    assert "app=&quot;shop&quot;</textarea>" in text
    assert "<strong>1</strong> open now" in text


def test_the_team_is_chosen_first(client_for: ClientFor, bob: Any, vera: Any, team: Any) -> None:
    assert url(team) in client_for(bob).get(reverse("silence_create")).text
    assert "You respond in no team" in client_for(vera).get(reverse("silence_create")).text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"matchers": 'a=~"("'}, "this is no pattern"),
        ({"matchers": ""}, "Say what is meant"),
        ({"ends_at": "2026-03-04T11:00"}, "The end lies after the start."),
        ({"repeats": "rule"}, "Write the rule"),
        ({"repeats": "rule", "rule": "FREQ=HOURLY"}, "yearly, monthly, weekly or daily"),
    ],
    ids=["pattern", "everything", "end", "no-rule", "hourly"],
)
def test_what_is_wrong_is_named(client_for: ClientFor, bob: Any, team: Any, changes: Any, said: str) -> None:
    assert said in client_for(bob).post(url(team), GIVEN | changes).text
    assert not Silence.objects.exists()


def test_who_may_not(client_for: ClientFor, vera: Any, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    assert [client_for(one).get(url(team)).status_code for one in (vera, charlie)] == [403, 404]
