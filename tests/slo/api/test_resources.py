"""Resources over the API."""

from typing import Any

import pytest

from slo.models import Resource
from tests.factories.capacity import ResourceFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/resources/"
BODY = {"service": "checkout", "name": "Disk", "unit": "GiB", "limit": 500.5, "lead_time_days": 30}


def test_a_resource_is_made_shown_changed_and_archived(service: Any, api_for: Any) -> None:
    api = api_for("slos:write", "slos:read")
    made = api.post(URL, BODY)
    one = f"{URL}{made.json()['id']}/"
    assert (made.status_code, made["ETag"], made.json()["limit"]) == (201, '"1"', 500.5)
    changed = api.patch(one, {"limit": 600}, headers={"If-Match": '"1"'})
    assert (changed.json()["limit"], changed["ETag"]) == (600.0, '"2"')
    assert api.patch(one, {"limit": 1}, headers={"If-Match": '"1"'}).status_code == 412
    assert api.delete(one).status_code == 204
    assert api.get(URL).json()["items"] == []
    assert api.get(one).json()["archived_at"]


def test_a_repeat_with_a_key_makes_one(service: Any, api_for: Any) -> None:
    api = api_for("slos:write")
    ids = {api.post(URL, BODY, headers={"Idempotency-Key": "terraform-7"}).json()["id"] for _ in range(2)}
    assert len(ids) == Resource.objects.count() == 1


def test_filters(service: Any, api_for: Any) -> None:
    ResourceFactory(service=service, name="Disk", state="growing")
    ResourceFactory(service=service, name="Memory")
    names = [
        item["name"] for item in api_for("slos:read").get(f"{URL}?q=dis&service=checkout&state=growing").json()["items"]
    ]
    assert names == ["Disk"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "a\x00b"),
        ("unit", " "),
        ("limit", 0),
        ("limit", 1e-9),
        ("limit", 1e300),
        ("limit", "much"),
        ("lead_time_days", 10**9),
        ("unit_cost", 5),
        ("aggregation", "mean"),
        ("fit_days", 13),
        ("headroom_ratio", -1),
        ("instances", -1),
        ("source", "oracle"),
        ("settings", {"query": "up"}),
        ("service", "nothing"),
        ("colour", "red"),
    ],
    ids=[str(number) for number in range(17)],
)
def test_wrong_fields_are_named(service: Any, api_for: Any, field: str, value: Any) -> None:
    response = api_for("slos:write").post(URL, {**BODY, field: value})
    named = set(response.json()["errors"])
    assert response.status_code == 422
    assert named == ({"currency"} if field == "unit_cost" else {field})


def test_the_service_does_not_change(service: Any, api_for: Any) -> None:
    one = f"{URL}{ResourceFactory(service=service).public_id}/"
    assert "service" in api_for("slos:write").patch(one, {"service": "checkout"}).json()["errors"]


def test_who_may_do_what(service: Any, api_for: Any, bob: Any, vera: Any, charlie: Any) -> None:
    service.team.is_private = True
    service.team.save()
    one = f"{URL}{ResourceFactory(service=service).public_id}/"
    assert api_for("slos:read", user=vera).get(one).status_code == 200
    assert api_for("slos:read").patch(one, {"limit": 5}).status_code == 403
    assert [api_for("slos:write", user=user).patch(one, {"limit": 5}).status_code for user in (bob, vera)] == [403, 403]
    assert api_for("slos:write", "slos:read", user=charlie).get(one).status_code == 404
    assert api_for("slos:write", "slos:read", user=charlie).delete(one).status_code == 404
