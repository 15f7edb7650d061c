"""What people and programs do with alerts by the API; repeats change nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.factories.oncall import AlertFactory, PolicyFactory, SilenceFactory, arriving

ApiFor = Callable[..., APIClient]
pytestmark = pytest.mark.usefixtures("stopped")


@pytest.fixture
def api(api_for: ApiFor, bob: Any) -> APIClient:
    return api_for("alerts:read", "alerts:write", user=bob)


def listed(api: APIClient, **query: str) -> list[str]:
    return [one["dedup_key"] for one in api.get("/api/v1/alerts/", query).data["items"]]


def test_lists_hold_leads_and_the_members_of_a_group(api: APIClient, team: Any) -> None:
    lead = arriving(team, "lead", group_key="g")
    arriving(team, "member", group_key="g")
    (found,) = api.get("/api/v1/alerts/").data["items"]
    assert (found["dedup_key"], found["member_count"]) == ("lead", 1)
    assert listed(api, group=lead.public_id) == ["member"]


def test_lists_are_narrowed(api: APIClient, team: Any, service: Any) -> None:
    SilenceFactory(team=team, matchers=[{"name": "pod", "op": "=", "value": "b"}])
    arriving(team, "a", labels={"pod": "a"}, service_id=service.pk)
    arriving(team, "b", labels={"pod": "b"})
    assert (listed(api, held="true"), listed(api, held="false")) == (["b"], ["a"])
    assert (listed(api, labels="pod=a"), listed(api, labels="pod!=a")) == (["a"], ["b"])
    assert (listed(api, service=service.slug), listed(api, snoozed="true"), listed(api, mine="true")) == (["a"], [], [])


@pytest.mark.parametrize("text", ["pod", 'pod=~"("'])
def test_labels_that_cannot_be_asked_for_are_named(api: APIClient, text: str) -> None:
    answer = api.get("/api/v1/alerts/", {"labels": text})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["labels"])


@pytest.mark.parametrize(
    ("given", "status"),
    [({"minutes": 30}, 200), ({"until": "2026-03-04T13:00:00Z"}, 200), ({}, 422), ({"minutes": 0}, 422)],
)
def test_snooze(api: APIClient, team: Any, given: dict[str, Any], status: int) -> None:
    url = f"/api/v1/alerts/{arriving(team).public_id}/snooze/"
    assert [api.post(url, given, format="json").status_code for _ in range(2)] == [status, status]


def test_reassign_to_a_policy(api: APIClient, team: Any) -> None:
    policy = PolicyFactory(team=team, is_default=False)
    url = f"/api/v1/alerts/{arriving(team).public_id}/reassign/"
    answers = [api.post(url, {"policy": policy.public_id}, format="json") for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert api.post(url, {}, format="json").status_code == 422


def test_merge_and_unmerge(api: APIClient, team: Any) -> None:
    lead, other = arriving(team, "a"), arriving(team, "b")
    url = f"/api/v1/alerts/{lead.public_id}/merge/"
    answers = [api.post(url, {"alerts": [other.public_id]}, format="json").status_code for _ in range(2)]
    assert (answers, listed(api)) == ([200, 200], ["a"])
    apart = [api.post(f"/api/v1/alerts/{other.public_id}/unmerge/").data["lead"] for _ in range(2)]
    assert (apart, listed(api)) == ([None, None], ["b", "a"])


def test_a_note_and_a_responder(api: APIClient, team: Any, alice: Any) -> None:
    alert = arriving(team)
    notes = f"/api/v1/alerts/{alert.public_id}/notes/"
    assert api.post(notes, {"text": "Disk full"}, format="json").status_code == 200
    asked = api.post(f"/api/v1/alerts/{alert.public_id}/responders/", {"person": alice.email}, format="json")
    assert asked.status_code == 200
    assert list(alert.events.values_list("kind", flat=True)) == ["fired", "note", "responder"]


def test_a_viewer_may_do_none_of_it(api_for: ApiFor, vera: Any, team: Any) -> None:
    api, alert = api_for("alerts:write", user=vera), arriving(team)
    acts = ["snooze", "reassign", "notes", "merge", "unmerge", "responders"]
    given = {"alerts": [alert.public_id]}
    found = [api.post(f"/api/v1/alerts/{alert.public_id}/{act}/", given, format="json").status_code for act in acts]
    assert found == 6 * [403]


def test_an_alert_is_handed_to_a_person_and_escalated(api: APIClient, team: Any, alice: Any, schedule: Any) -> None:
    url = f"/api/v1/alerts/{arriving(team).public_id}/"
    assert api.post(f"{url}reassign/", {"person": alice.public_id}).data["assigned_to"] == alice.public_id
    assert api.post(f"{url}escalate/").data["status"] == "firing"
    api.post(f"{url}resolve/")
    assert api.post(f"{url}escalate/").status_code == 409


def test_what_is_overdue_is_found(api: APIClient, team: Any, now: datetime) -> None:
    AlertFactory(team=team, dedup_key="late", started_at=now - timedelta(minutes=40))
    AlertFactory(team=team, dedup_key="in time", started_at=now)
    (found,) = api.get("/api/v1/alerts/", {"overdue": "true"}).data["items"]
    assert (found["dedup_key"], found["acknowledge_by"]) == ("late", "2026-03-04T11:50:00Z")
