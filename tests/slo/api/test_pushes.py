from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from slo.models import Sli
from tests.factories.sources import push_sli

BODY = {"source": "edge-1", "minutes": [{"minute": "2026-03-04T11:59:00Z", "good": 9, "total": 10}]}


@pytest.fixture
def sli(service: Any) -> Sli:
    made: Sli = push_sli(service=service)
    return made


@pytest.fixture
def post(sli: Sli, now: Any) -> Callable[..., Any]:
    def send(client: Any, body: Any = BODY) -> Any:
        with time_machine.travel(now, tick=False):
            return client.post(f"/api/v1/slis/{sli.public_id}/counts/", body, format="json")

    return send


def test_counts_are_taken(api_for: Any, post: Any) -> None:
    response = post(api_for("slos:write"))
    assert response.status_code == 200
    assert response.json() == {"changed": 1, "unchanged": 0, "minutes": BODY["minutes"]}


def test_a_repeat_changes_nothing(api_for: Any, post: Any) -> None:
    client = api_for("slos:write")
    post(client)
    assert post(client).json() == {"changed": 0, "unchanged": 1, "minutes": []}


@pytest.mark.parametrize("body", [[], "x", 5, None, {}, {"source": [], "minutes": {}}], ids=range(6))
def test_nonsense_is_refused(api_for: Any, post: Any, body: Any) -> None:
    response = post(api_for("slos:write"), body)
    assert response.status_code == 422
    assert response.json()["errors"]


def test_every_fault_is_named(api_for: Any, post: Any) -> None:
    body = {"source": "", "minutes": [{"minute": "x", "good": 2, "total": 1}]}
    assert sorted(post(api_for("slos:write"), body).json()["errors"]) == [
        "minutes.0.good",
        "minutes.0.minute",
        "source",
    ]


def test_reading_is_not_enough(api_for: Any, post: Any) -> None:
    assert post(api_for("slos:read")).status_code == 403


def test_a_responder_may_push_and_a_viewer_may_not(api_for: Any, post: Any, bob: Any, vera: Any) -> None:
    assert post(api_for("slos:write", user=bob)).status_code == 200
    assert post(api_for("slos:write", user=vera)).status_code == 403


def test_an_sli_of_a_private_team_is_not_found(api_for: Any, post: Any, team: Any, charlie: Any) -> None:
    team.is_private = True
    team.save()
    assert post(api_for("slos:write", user=charlie)).status_code == 404
