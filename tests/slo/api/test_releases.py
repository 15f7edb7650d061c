"""Releases over the API."""

from decimal import Decimal
from typing import Any

import pytest

from slo.models import Release
from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/releases/"
BODY = {"service": "checkout", "version": "2.0.1", "percentage": 12.5, "status": "running"}


def test_a_pipeline_records_a_release(service: Any, api_for: Any) -> None:
    response = api_for("releases:write").post(URL, {**BODY, "started_at": "2026-03-04T11:00:00Z"})
    body = response.json()
    assert (response.status_code, body["percentage"], body["started_at"]) == (201, 12.5, "2026-03-04T11:00:00Z")
    assert Release.objects.get().rollout_ratio == Decimal("0.125")


def test_a_repeat_with_a_key_records_one(service: Any, api_for: Any) -> None:
    api = api_for("releases:write")
    ids = {api.post(URL, BODY, headers={"Idempotency-Key": "run-7"}).json()["id"] for _ in range(2)}
    assert len(ids) == Release.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("version", " "), ("percentage", 101), ("status", "lost"), ("url", "nothing"), ("service", "x"), ("colour", 1)],
)
def test_wrong_fields_are_named(service: Any, api_for: Any, field: str, value: object) -> None:
    response = api_for("releases:write").post(URL, {**BODY, field: value})
    assert response.status_code == 422
    assert field in response.json()["errors"]


def test_releases_are_listed_and_shown(service: Any, api_for: Any) -> None:
    release = ReleaseFactory(service=service, version="7")
    ReleaseFactory(service=service, version="8")
    api = api_for("releases:read")
    assert [item["version"] for item in api.get(f"{URL}?q=7&service=checkout").json()["items"]] == ["7"]
    assert api.get(f"{URL}{release.public_id}/").json()["percentage"] == 100


def test_a_viewer_records_nothing(service: Any, api_for: Any, vera: Any) -> None:
    assert api_for("releases:write", user=vera).post(URL, BODY).status_code == 403


def test_another_teams_service_is_refused(service: Any, api_for: Any, charlie: Any) -> None:
    assert api_for("releases:write", user=charlie).post(URL, BODY).status_code == 403


def test_a_name_of_its_own_makes_repeats_harmless(service: Any, api_for: Any) -> None:
    api = api_for("releases:write")
    told = [api.post(URL, {**BODY, "external_id": "run-7"}) for _ in range(2)]
    assert [answer.status_code for answer in told] == [201, 200]
    assert told[0].json()["id"] == told[1].json()["id"]


def test_a_name_of_another_version_is_a_conflict(service: Any, api_for: Any) -> None:
    api = api_for("releases:write")
    answers = [api.post(URL, {**BODY, "version": version, "external_id": "run-7"}) for version in ("1", "2")]
    assert answers[1].status_code == 409
    assert "external_id" in answers[1].json()["errors"]


def test_everything_about_it_can_be_told(service: Any, api_for: Any) -> None:
    change = {"commit": "abc", "committed_at": "2026-03-04T10:00:00Z", "title": "Faster"}
    told = {
        "kind": "security",
        "strategy": "canary",
        "diff_url": "https://e.com/d",
        "changes": [change],
        "commit": "abc",
    }
    body = api_for("releases:write").post(URL, {**BODY, **told, "committed_at": "2026-03-04T10:00:00Z"}).json()
    assert {name: body[name] for name in ("kind", "strategy", "diff_url", "commit")} == {
        name: told[name] for name in ("kind", "strategy", "diff_url", "commit")
    }
    assert body["changes"] == [{**change, "committed_at": "2026-03-04T10:00:00+00:00"}]


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("changes", "all", "changes.non_field_errors"),
        ("changes", [{"committed_at": "x"}], "changes.0.committed_at"),
        ("committed_at", "yesterday", "committed_at"),
        ("kind", "surprise", "kind"),
        ("percentage", 0.001, "percentage"),
        ("percentage", "NaN", "percentage"),
        ("version", "x" * 101, "version"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_wrong_facts_are_named(service: Any, api_for: Any, field: str, value: object, named: str) -> None:
    response = api_for("releases:write").post(URL, {**BODY, field: value}, format="json")
    assert response.status_code == 422
    assert list(response.json()["errors"]) == [named]


def test_a_release_moves_is_validated_and_rolled_back(service: Any, api_for: Any) -> None:
    api = api_for("releases:write", "releases:read")
    one = f"{URL}{api.post(URL, {**BODY, 'percentage': 1}).json()['id']}/"
    moved = api.post(f"{one}stages/", {"percentage": 10, "note": "quiet"}).json()
    assert [stage["percentage"] for stage in moved["stages"]] == [1, 10]
    assert api.post(f"{one}validate/", {"by": "Ann"}).json()["validated_by"] == "Ann"
    back = api.post(f"{one}rollback/", {"version": "1.9", "reason": "slow"})
    assert (back.status_code, back.json()["kind"], back.json()["version"]) == (201, "rollback", "1.9")
    assert api.get(one).json()["status"] == "rolled_back"


def test_what_is_known_changes(service: Any, api_for: Any) -> None:
    one = f"{URL}{ReleaseFactory(service=service).public_id}/"
    api = api_for("releases:write")
    assert api.patch(one, {"changelog": "- Faster", "is_unplanned": True}).json()["changelog"] == "- Faster"
    refused = api.patch(one, {"environment": "staging", "percentage": 5})
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["environment", "percentage"])


@pytest.mark.parametrize(
    ("verb", "body"), [("stages", {"percentage": 5}), ("validate", {}), ("rollback", {"version": "0"})]
)
def test_a_viewer_changes_nothing(service: Any, api_for: Any, vera: Any, verb: str, body: dict[str, Any]) -> None:
    one = f"{URL}{ReleaseFactory(service=service).public_id}/"
    api = api_for("releases:write", user=vera)
    assert api.post(f"{one}{verb}/", body).status_code == 403
    assert api.patch(one, {"notes": "x"}).status_code == 403


def test_another_teams_private_release_is_not_found(service: Any, api_for: Any, charlie: Any) -> None:
    service.team.is_private = True
    service.team.save()
    one = f"{URL}{ReleaseFactory(service=service).public_id}/"
    assert api_for("releases:write", user=charlie).post(f"{one}rollback/", {}).status_code == 404


def test_a_list_costs_no_query_for_each(service: Any, api_for: Any, django_assert_max_num_queries: Any) -> None:
    ReleaseFactory.create_batch(9, service=service)
    api = api_for("releases:read")
    with django_assert_max_num_queries(8):
        assert len(api.get(URL).json()["items"]) == 9
