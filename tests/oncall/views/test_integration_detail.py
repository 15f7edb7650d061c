"""One door."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from oncall.models import IncomingEvent, Integration
from tests.factories.oncall import IntegrationFactory

ClientFor = Callable[[Any], Client]


@pytest.fixture
def door(team: Any) -> Integration:
    made: Integration = IntegrationFactory(team=team, settings={"hmac_secret": "sealed-secret"})
    return made


def page(client: Client, door: Integration) -> Any:
    return client.get(f"/oncall/integrations/{door.public_id}/")


def test_what_came_in_is_shown_with_its_result(
    client_for: ClientFor, alice: Any, door: Integration, now: datetime
) -> None:
    told = {"received_at": now, "next_try_at": now, "sample": "<b>hostile</b>", "status": "failed"}
    IncomingEvent.objects.create(integration=door, signals=[], problem="Not understood. title: no", **told)
    content = page(client_for(alice), door).content.decode()
    assert "Not understood. title: no" in content
    assert "&lt;b&gt;hostile" in content


def test_neither_key_nor_secret_is_shown(client_for: ClientFor, alice: Any, door: Integration) -> None:
    content = page(client_for(alice), door).content.decode()
    assert ("sealed-secret" in content, "&lt;the key&gt;" in content) == (False, True)


def test_a_viewer_sees_no_buttons(client_for: ClientFor, vera: Any, door: Integration) -> None:
    content = page(client_for(vera), door).content
    assert b"Send a test alert" not in content


def test_an_outsider_of_a_private_team_finds_nothing(client_for: ClientFor, charlie: Any, door: Integration) -> None:
    door.team.is_private = True
    door.team.save()
    assert page(client_for(charlie), door).status_code == 404


def test_what_failed_is_shown_alone(client_for: ClientFor, alice: Any, door: Integration, now: datetime) -> None:
    for status in ("done", "failed"):
        told = {"received_at": now, "next_try_at": now, "sample": f"it is {status}", "status": status}
        IncomingEvent.objects.create(integration=door, signals=[{"dedup_key": "a", "title": "Alert: disk"}], **told)
    answer = client_for(alice).get(f"/oncall/integrations/{door.public_id}/?failed")
    assert ("it is failed" in answer.text, "it is done" in answer.text) == (True, False)
    assert [title for title, _ in answer.context["advice"]] == ["Alert: disk"]


@pytest.mark.parametrize(("kind", "hint"), [("mail", "takes no mail yet"), ("pagerduty", "stands at each service")])
def test_what_is_missing_is_said(client_for: ClientFor, alice: Any, team: Any, kind: str, hint: str) -> None:
    door = IntegrationFactory(team=team, kind=kind)
    assert hint in page(client_for(alice), door).text
