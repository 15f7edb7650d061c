from collections.abc import Callable
from typing import Any

from tests.factories.incidents import resolved_incident
from tests.factories.postmortems import complete_postmortem, postmortem

ApiFor = Callable[..., Any]
URL = "/api/v1/postmortems/"


def test_an_incident_is_drafted_once(api_for: ApiFor, team: Any) -> None:
    api, given = api_for("postmortems:write"), {"incident": resolved_incident(team=team).public_id}
    first, second = api.post(URL, given), api.post(URL, given)
    assert first.status_code == 201
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["incidents"] == [given["incident"]]


def test_an_event_is_drafted(api_for: ApiFor, team: Any) -> None:
    response = api_for("postmortems:write").post(URL, {"team": "payments", "title": "Launch"})
    assert response.status_code == 201


def test_something_is_named(api_for: ApiFor) -> None:
    api = api_for("postmortems:write")
    assert "incident" in api.post(URL, {}).json()["errors"]
    assert "team" in api.post(URL, {"team": "nobody", "title": "x"}).json()["errors"]


def test_the_list_is_narrowed(api_for: ApiFor, team: Any) -> None:
    postmortem(team=team, title="Draft")
    postmortem(team=team, title="Out", state="published")
    items = api_for("postmortems:read").get(URL, {"state": "published"}).json()["items"]
    assert [item["title"] for item in items] == ["Out"]


def test_one_has_its_sections_and_findings(api_for: ApiFor, team: Any) -> None:
    made = postmortem(team=team)
    body = api_for("postmortems:read").get(f"{URL}{made.public_id}/").json()
    assert body["sections"][0]["key"] == "summary"
    assert "Summary is empty." in body["findings"]


def test_texts_change_with_a_version(api_for: ApiFor, team: Any) -> None:
    made = postmortem(team=team)
    api, address = api_for("postmortems:write"), f"{URL}{made.public_id}/"
    given = {"texts": {"summary": "It broke."}}
    assert api.patch(address, given, headers={"If-Match": '"9"'}).status_code == 412
    assert api.patch(address, given, headers={"If-Match": '"1"'}).json()["sections"][0]["text"] == "It broke."


def test_the_state_moves(api_for: ApiFor, team: Any) -> None:
    made = complete_postmortem(team=team, state="approved")
    body = api_for("postmortems:write").patch(f"{URL}{made.public_id}/", {"state": "published"}).json()
    assert body["state"] == "published"


def test_what_is_missing_is_named(api_for: ApiFor, team: Any) -> None:
    made = postmortem(team=team, state="approved")
    response = api_for("postmortems:write").patch(f"{URL}{made.public_id}/", {"state": "published"})
    assert (response.status_code, "no-action-items" in response.json()["errors"]) == (422, True)


def test_a_private_one_is_not_found(api_for: ApiFor, team: Any, vera: Any) -> None:
    made = postmortem(team=team, is_private=True)
    assert api_for("postmortems:read", user=vera).get(f"{URL}{made.public_id}/").status_code == 404
