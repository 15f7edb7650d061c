from collections.abc import Callable
from typing import Any

from incidents.models import Incident
from tests.factories.incidents import IncidentFactory
from tests.factories.oncall import AlertFactory

ApiFor = Callable[..., Any]
URL = "/api/v1/incidents/"


def test_declaring_answers_the_incident(api_for: ApiFor, service: Any) -> None:
    response = api_for("incidents:write").post(URL, {"title": "Down", "severity": 1, "service": "checkout"})
    assert response.status_code == 201
    assert response.json()["service"] == "checkout"
    assert response["ETag"] == '"1"'


def test_a_service_is_named_by_its_id_too(api_for: ApiFor, service: Any) -> None:
    given = {"title": "Down", "severity": 1, "service": service.public_id}
    assert api_for("incidents:write").post(URL, given).status_code == 201


def test_an_alert_declares(api_for: ApiFor, service: Any) -> None:
    alert = AlertFactory(team=service.team, service=service, title="Errors")
    response = api_for("incidents:write").post(URL, {"alert": alert.public_id})
    assert (response.status_code, response.json()["title"]) == (201, "Errors")


def test_every_missing_field_is_named(api_for: ApiFor) -> None:
    response = api_for("incidents:write").post(URL, {})
    assert response.status_code == 422
    assert set(response.json()["errors"]) == {"title", "severity", "service"}


def test_unknown_fields_and_services_are_refused(api_for: ApiFor) -> None:
    api = api_for("incidents:write")
    assert "colour" in api.post(URL, {"title": "x", "severity": 1, "service": "x", "colour": 1}).json()["errors"]
    assert "service" in api.post(URL, {"title": "x", "severity": 1, "service": "x"}).json()["errors"]


def test_the_same_key_declares_once(api_for: ApiFor, service: Any) -> None:
    api, given = api_for("incidents:write"), {"title": "Down", "severity": 1, "service": "checkout"}
    answers = [api.post(URL, given, headers={"Idempotency-Key": "k"}).json()["id"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert Incident.objects.count() == 1


def test_the_list_is_narrowed(api_for: ApiFor, team: Any) -> None:
    IncidentFactory(team=team, severity=1)
    IncidentFactory(team=team, severity=3)
    found = api_for("incidents:read").get(URL, {"severity": 1, "status": "open"}).json()["items"]
    assert [one["severity"] for one in found] == [1]


def test_a_wrong_filter_is_named(api_for: ApiFor) -> None:
    assert "severity" in api_for("incidents:read").get(URL, {"severity": "bad"}).json()["errors"]


def test_reading_needs_the_scope(api_for: ApiFor) -> None:
    assert api_for("links:read").get(URL).status_code == 403


def test_a_private_incident_is_not_found(api_for: ApiFor, charlie: Any, team: Any) -> None:
    incident = IncidentFactory(team=team, is_private=True)
    assert api_for("incidents:read", user=charlie).get(f"{URL}{incident.public_id}/").status_code == 404


def test_facts_milestones_and_status_change_together(api_for: ApiFor, team: Any) -> None:
    incident = IncidentFactory(team=team)
    given = {"title": "New", "status": "identified", "mitigated_at": "2026-03-04T10:30:00Z"}
    body = api_for("incidents:write").patch(f"{URL}{incident.public_id}/", given).json()
    assert (body["title"], body["status"], body["mitigated_at"]) == ("New", "identified", "2026-03-04T10:30:00Z")


def test_an_old_version_is_refused(api_for: ApiFor, team: Any) -> None:
    incident = IncidentFactory(team=team, version=3)
    response = api_for("incidents:write").patch(
        f"{URL}{incident.public_id}/", {"title": "New"}, headers={"If-Match": '"2"'}
    )
    assert response.status_code == 412


def test_impossible_times_name_the_field(api_for: ApiFor, team: Any) -> None:
    incident = IncidentFactory(team=team)
    response = api_for("incidents:write").patch(f"{URL}{incident.public_id}/", {"recovered_at": "2026-03-04T08:00:00Z"})
    assert (response.status_code, list(response.json()["errors"])) == (422, ["recovered_at"])
