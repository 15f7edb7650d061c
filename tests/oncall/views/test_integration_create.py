"""Making a door for a machine."""

import re
from collections.abc import Callable
from typing import Any

from django.test import Client

from oncall.models import Alert, Integration

ClientFor = Callable[[Any], Client]
URL = "/oncall/integrations/new/"


def test_the_address_is_shown_once_and_works(client_for: ClientFor, alice: Any, team: Any) -> None:
    content = client_for(alice).post(URL, {"name": "Backup", "team": team.pk}).content.decode()
    found = re.search(r"(/ingest/json/[0-9a-f]{32}/)", content)
    assert found is not None
    answer = Client().post(found[1], {"title": "Restart the backup"}, content_type="application/json")
    assert (answer.status_code, Alert.objects.get().team) == (202, team)


def test_a_responder_cannot_choose_the_team(client_for: ClientFor, bob: Any, team: Any) -> None:
    answer = client_for(bob).post(URL, {"name": "Backup", "team": team.pk})
    assert "team" in answer.context["form"].errors
    assert not Integration.objects.exists()
