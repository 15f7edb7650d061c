"""Contact points of teams through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories.accounts import MembershipFactory, TeamFactory, UserFactory
from tests.factories.oncall import ContactPointFactory

ApiFor = Callable[..., APIClient]
URL = "/api/v1/contact-points/"
TOLD = {"team": "payments", "name": "Ops", "kind": "webhook", "address": "https://example.com/x"}


@pytest.fixture
def api(api_for: ApiFor, alice: Any) -> APIClient:
    """Alice's token; she manages the team."""
    return api_for("oncall:read", "oncall:write", user=alice)


def test_one_is_made_changed_switched_and_removed(api: APIClient) -> None:
    made = api.post(URL, TOLD).json()
    url = f"{URL}{made['id']}/"
    assert (len(made["secret"]), "secret" in api.get(url).json()) == (64, False)
    changed = api.patch(url, {"name": "Room", "is_on": False}).json()
    assert (changed["name"], changed["address"], changed["is_on"]) == ("Room", TOLD["address"], False)
    assert [one["id"] for one in api.get(URL).json()["items"]] == [made["id"]]
    assert (api.delete(url).status_code, api.get(url).status_code) == (204, 404)


def test_a_trial_says_what_the_provider_answered(api: APIClient, team: Any) -> None:
    point = ContactPointFactory(team=team, kind="mail", address="room@example.com")
    told = api.post(f"{URL}{point.public_id}/test/").json()
    assert told == {"problem": "", "answer": "taken by the mail server"}


def test_secrets_are_replaced_in_two_steps(api: APIClient, team: Any) -> None:
    url = f"{URL}{ContactPointFactory(team=team).public_id}/"
    both = api.post(f"{url}rotate/").json()["secrets"]
    assert (len(both), api.post(f"{url}settle/").json()["secrets"]) == (2, both[:1])


def test_what_is_not_signed_has_no_secret(api: APIClient, team: Any) -> None:
    point = ContactPointFactory(team=team, kind="slack")
    assert api.post(f"{URL}{point.public_id}/rotate/").status_code == 422


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({"name": "", "kind": "pigeon", "address": "", "team": ""}, {"name", "kind", "address", "team"}),
        ({"team": "nobody"}, {"team"}),
        ({"address": "ftp://x"}, {"address"}),
        ({"name": "a\x00b"}, {"name"}),
    ],
)
def test_all_that_is_wrong_is_named(api: APIClient, told: dict[str, Any], fields: set[str]) -> None:
    answer = api.post(URL, TOLD | told)
    assert (answer.status_code, set(answer.json()["errors"])) == (422, fields)


def test_a_viewer_reads_no_address_and_changes_nothing(api_for: ApiFor, team: Any) -> None:
    point, viewer = ContactPointFactory(team=team), UserFactory()
    MembershipFactory(team=team, user=viewer, role="viewer")
    api = api_for("oncall:read", "oncall:write", user=viewer)
    assert api.get(f"{URL}{point.public_id}/").json()["address"] is None
    calls = [api.patch(f"{URL}{point.public_id}/", {"name": "x"}), api.delete(f"{URL}{point.public_id}/")]
    assert [call.status_code for call in calls] == [403, 403]


def test_one_of_a_closed_team_is_not_found(api_for: ApiFor) -> None:
    team = TeamFactory(is_private=True)
    url = f"{URL}{ContactPointFactory(team=team).public_id}/"
    api = api_for("oncall:read", "oncall:write", user=UserFactory())
    calls = (api.get(url), api.patch(url, {}), api.post(f"{url}test/"), api.delete(url))
    assert {call.status_code for call in calls} == {404}


def test_the_scope_is_asked_for(api_for: ApiFor, alice: Any) -> None:
    assert api_for("alerts:read", user=alice).get(URL).status_code == 403
