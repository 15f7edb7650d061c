from collections.abc import Callable
from typing import Any

from tests.factories.incidents import IncidentFactory, RoleSpanFactory, TimelineEntryFactory, UpdateFactory

ApiFor = Callable[..., Any]


def url(incident: Any, part: str) -> str:
    return f"/api/v1/incidents/{incident.public_id}/{part}/"


def test_a_note_is_added_to_the_timeline(api_for: ApiFor, team: Any) -> None:
    incident = IncidentFactory(team=team)
    response = api_for("incidents:write").post(url(incident, "timeline"), {"text": "Restarted"})
    assert (response.status_code, response.json()["kind"]) == (201, "note")


def test_the_timeline_is_read(api_for: ApiFor, team: Any) -> None:
    entry = TimelineEntryFactory(incident__team=team)
    items = api_for("incidents:read").get(url(entry.incident, "timeline")).json()["items"]
    assert [item["id"] for item in items] == [entry.public_id]


def test_an_update_is_posted_with_a_status(api_for: ApiFor, team: Any) -> None:
    incident = IncidentFactory(team=team)
    body = api_for("incidents:write").post(url(incident, "updates"), {"text": "Found", "status": "identified"}).json()
    assert body["status"] == "identified"
    assert body["next_due_at"] is not None


def test_updates_are_read(api_for: ApiFor, team: Any) -> None:
    update = UpdateFactory(incident__team=team)
    items = api_for("incidents:read").get(url(update.incident, "updates")).json()["items"]
    assert [item["id"] for item in items] == [update.public_id]


def test_a_role_is_handed_over(api_for: ApiFor, team: Any, bob: Any) -> None:
    incident = IncidentFactory(team=team)
    given = {"role": "scribe", "user": bob.public_id}
    response = api_for("incidents:write").post(url(incident, "roles"), given)
    assert (response.status_code, response.json()["name"]) == (201, "Bob")


def test_roles_are_read(api_for: ApiFor, team: Any) -> None:
    span = RoleSpanFactory(incident=IncidentFactory(team=team))
    items = api_for("incidents:read").get(url(span.incident, "roles")).json()["items"]
    assert [item["user"] for item in items] == [span.user.public_id]


def test_the_all_clear_has_two_steps(api_for: ApiFor, team: Any) -> None:
    address, api = url(IncidentFactory(team=team), "all-clear"), api_for("incidents:write")
    assert api.post(address, {"step": "should_be_fixed"}).json()["status"] == "monitoring"
    assert api.post(address, {"step": "is_fixed", "follow_up": False}).json()["status"] == "resolved"


def test_the_second_step_says_whether_a_follow_up_comes(api_for: ApiFor, team: Any) -> None:
    address = url(IncidentFactory(team=team, all_clear_step=1), "all-clear")
    response = api_for("incidents:write").post(address, {"step": "is_fixed"})
    assert (response.status_code, list(response.json()["errors"])) == (422, ["follow_up"])


def test_a_viewer_runs_nothing(api_for: ApiFor, team: Any, vera: Any) -> None:
    address = url(IncidentFactory(team=team), "timeline")
    assert api_for("incidents:write", user=vera).post(address, {"text": "x"}).status_code == 403
