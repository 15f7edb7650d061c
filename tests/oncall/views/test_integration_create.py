"""Making a door for a machine."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from oncall.domain import senders
from oncall.models import IncomingEvent, Integration

ClientFor = Callable[[Any], Client]
URL = "/oncall/integrations/new/"


def test_first_the_kind_is_chosen(client_for: ClientFor, alice: Any) -> None:
    content = client_for(alice).get(URL).content.decode()
    assert all(f"?kind={kind}" in content for kind in senders.KINDS)
    assert "/heartbeats/new/" in content


def test_the_address_is_shown_once_and_works(client_for: ClientFor, alice: Any, team: Any) -> None:
    content = client_for(alice).post(URL, {"name": "Backup", "team": team.pk}).content.decode()
    found = re.search(r"(/ingest/json/[0-9a-f]{32}/)", content)
    assert found is not None
    answer = Client().post(found[1], {"title": "Restart the backup"}, content_type="application/json")
    assert (answer.status_code, IncomingEvent.objects.get().integration.team) == (202, team)


@pytest.mark.parametrize("kind", list(senders.KINDS))
def test_each_kind_gets_what_to_paste(client_for: ClientFor, alice: Any, team: Any, kind: str) -> None:
    answer = client_for(alice).post(f"{URL}?kind={kind}", {"kind": kind, "name": "It", "team": team.pk})
    assert Integration.objects.get().kind == kind
    assert answer.context["key"] in answer.context["snippets"][0].text + str(answer.context["url"])


def test_a_responder_cannot_choose_the_team(client_for: ClientFor, bob: Any, team: Any) -> None:
    answer = client_for(bob).post(URL, {"name": "Backup", "team": team.pk})
    assert "team" in answer.context["form"].errors
    assert not Integration.objects.exists()


def test_the_only_team_is_chosen_already(client_for: ClientFor, alice: Any, team: Any) -> None:
    assert client_for(alice).get(f"{URL}?kind=json").context["form"].initial["team"] == team
