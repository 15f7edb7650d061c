"""Trying a mapping."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from oncall.models import Integration
from tests.factories.oncall import IntegrationFactory

ClientFor = Callable[[Any], Client]
MAPPING = '{"fields": {"title": {"path": "$.name"}, "dedup_key": {"path": "$.id"}}}'


@pytest.fixture
def door(team: Any) -> Integration:
    made: Integration = IntegrationFactory(team=team)
    return made


def post(client: Client, door: Integration, **told: str) -> Any:
    return client.post(f"/oncall/integrations/{door.public_id}/mapping/", {"mapping": MAPPING, **told})


def test_the_example_works_as_it_stands(client_for: ClientFor, alice: Any, door: Integration) -> None:
    shown = client_for(alice).get(f"/oncall/integrations/{door.public_id}/mapping/").context
    answer = post(client_for(alice), door, **shown["form"].data)
    titles = [[one["title"] for one in context["signals"]] for context in (shown, answer.context)]
    assert titles == 2 * [["Look at the queue of orders"]]


def test_a_mapping_is_suggested_from_a_body(client_for: ClientFor, alice: Any, door: Integration) -> None:
    answer = post(client_for(alice), door, mapping="{", body='{"alias": "a1", "message": "Disk full"}', suggest="1")
    assert [(one["title"], one["rest"]["dedup_key"]) for one in answer.context["signals"]] == [("Disk full", "a1")]


def test_a_body_shows_its_alert_and_saves_nothing(client_for: ClientFor, alice: Any, door: Integration) -> None:
    answer = post(client_for(alice), door, body='{"name": "Disk full", "id": 7}')
    assert b"What it becomes: 1 alert" in answer.content
    assert b"Begin with what to do" in answer.content
    assert Integration.objects.get().settings == {}


def test_a_body_that_does_not_fit_says_why(client_for: ClientFor, alice: Any, door: Integration) -> None:
    answer = post(client_for(alice), door, body="{}")
    assert set(answer.context["errors"]) == {"title", "dedup_key"}


@pytest.mark.parametrize("mapping", ["{", "[]", '{"fields": {"title": {"path": "x y"}}}', '{"fields": {}}'])
def test_an_unsound_mapping_says_why(client_for: ClientFor, alice: Any, door: Integration, mapping: str) -> None:
    answer = post(client_for(alice), door, mapping=mapping, save="1")
    assert "mapping" in answer.context["form"].errors


def test_a_mapping_is_saved_and_removed(client_for: ClientFor, alice: Any, door: Integration) -> None:
    assert post(client_for(alice), door, save="1").status_code == 302
    assert "mapping" in Integration.objects.get().settings
    post(client_for(alice), door, mapping="", save="1")
    assert Integration.objects.get().settings == {}


def test_a_responder_may_not(client_for: ClientFor, bob: Any, door: Integration) -> None:
    assert post(client_for(bob), door).status_code == 403
