"""SLOs over the API."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.models import Slo
from slo.services import sources
from tests.factories.slo import SliFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/slos/"


def mails(start: datetime, end: datetime) -> None:
    return None


@pytest.fixture(autouse=True)
def _source() -> Iterator[None]:
    sources.register(sources.Source("tests.mails", "Mails delivered", mails))
    yield
    sources.unregister("tests.mails")


@pytest.fixture
def api(service: Any, api_for: Any) -> Any:
    return api_for("slos:read", "slos:write")


@pytest.fixture
def slo(service: Any) -> Slo:
    found: Slo = SloStatusFactory(
        slo__service=service,
        slo__name="Answers",
        ratio=Decimal("0.995"),
        burns={"300": None, "3600": "2.5"},
        state="healthy",
    ).slo
    return found


def test_an_slo_over_a_source(api: Any) -> None:
    body = {"service": "checkout", "source": "tests.mails", "name": "Mails", "objective": 0.999}
    response = api.post(URL, body)
    assert response.status_code == 201
    assert (response["ETag"], response.json()["objective"]) == ('"1"', 0.999)
    assert Slo.objects.get().objective == Decimal("0.999")


def test_an_slo_over_an_sli(api: Any, service: Any) -> None:
    sli = SliFactory(service=service)
    body = {"service": service.public_id, "sli": sli.public_id, "name": "Answers", "objective": 0.9}
    assert api.post(URL, body).json()["rules"] == ["page-6h", "ticket-3d"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"service": "nothing"}, "service"),
        ({"source": "tests.nothing"}, "source"),
        ({"source": ""}, "source"),
        ({"objective": "NaN"}, "objective"),
        ({"objective": 1.5}, "objective"),
        ({"objective": 0.9, "rules": ["page-1h"]}, "rules"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_wrong_fields_are_named(api: Any, changes: dict[str, Any], field: str) -> None:
    body = {"service": "checkout", "source": "tests.mails", "name": "Mails", "objective": 0.999, **changes}
    response = api.post(URL, body)
    assert response.status_code == 422
    assert field in response.json()["errors"]


def test_something_must_count(api: Any) -> None:
    response = api.post(URL, {"service": "checkout", "name": "Mails", "objective": 0.999})
    assert "sli" in response.json()["errors"]


def test_one_shows_its_status(api: Any, slo: Slo) -> None:
    body = api.get(f"{URL}{slo.public_id}/").json()
    assert (body["id"], body["service"], body["status"]["sli_ratio"]) == (slo.public_id, "checkout", 0.995)
    assert body["status"]["burn"] == {"5m": None, "1h": 2.5}


def test_the_list_narrows(api: Any, slo: Slo, service: Any) -> None:
    SloStatusFactory(slo__service=service, state="violated")
    assert len(api.get(URL).json()["items"]) == 2
    assert [item["name"] for item in api.get(f"{URL}?state=healthy&q=answ").json()["items"]] == ["Answers"]


def test_a_changed_promise_is_a_revision(api: Any, slo: Slo) -> None:
    response = api.patch(f"{URL}{slo.public_id}/", {"objective": 0.995}, headers={"If-Match": '"1"'})
    assert (response.status_code, response["ETag"], response.json()["revision"]) == (200, '"2"', 2)


def test_a_lost_race_is_refused(api: Any, slo: Slo) -> None:
    response = api.patch(f"{URL}{slo.public_id}/", {"objective": 0.995}, headers={"If-Match": '"9"'})
    assert response.status_code == 412


def test_the_service_does_not_change(api: Any, slo: Slo) -> None:
    response = api.patch(f"{URL}{slo.public_id}/", {"service": "other"})
    assert "service" in response.json()["errors"]


def test_deleting_archives(api: Any, slo: Slo) -> None:
    assert api.delete(f"{URL}{slo.public_id}/").status_code == 204
    slo.refresh_from_db()
    assert slo.archived_at is not None


def test_reading_does_not_write(api_for: Any, slo: Slo) -> None:
    reader = api_for("slos:read")
    assert reader.get(f"{URL}{slo.public_id}/").status_code == 200
    assert reader.delete(f"{URL}{slo.public_id}/").status_code == 403


def test_a_responder_does_not_manage(api_for: Any, bob: Any, slo: Slo) -> None:
    assert api_for("slos:write", user=bob).delete(f"{URL}{slo.public_id}/").status_code == 403


def test_the_list_asks_a_constant_number_of_queries(api: Any, service: Any, django_assert_max_num_queries: Any) -> None:
    SloStatusFactory.create_batch(50, slo__service=service)
    with django_assert_max_num_queries(10):
        assert len(api.get(f"{URL}?limit=50").json()["items"]) == 50


EVERYTHING = {
    "category": "latency",
    "threshold": 300,
    "method": "timeslices",
    "slice_target": 0.95,
    "window_kind": "calendar",
    "calendar_unit": "quarter",
    "zone": "Europe/Vienna",
    "schedule": [{"days": [0, 1], "from": "08:00", "until": "18:00"}],
    "excludes_maintenance": False,
    "rules": ["page-1h", "warning:120m/10m@3"],
    "minimum_events": 1,
    "coverage_floor": 0.25,
    "review_days": 30,
}


def test_everything_can_be_sent_and_comes_back(api: Any, service: Any, alice: Any) -> None:
    base = {"service": "checkout", "source": "tests.mails", "name": "Mails", "objective": 0.999}
    made = api.post(URL, base | EVERYTHING | {"owner": alice.public_id})
    assert made.status_code == 201
    body = api.get(f"{URL}{made.json()['id']}/").json()
    assert {name: body[name] for name in EVERYTHING} == EVERYTHING
    assert body["owner"] == alice.public_id


def test_every_wrong_field_is_named_at_once(api: Any, service: Any, charlie: Any) -> None:
    body = {"service": "checkout", "source": "tests.mails", "name": "Mails", "objective": 0.3, "zone": "Mars"}
    wrong = {"category": "freshness", "owner": charlie.public_id, "schedule": [{"from": "8"}]}
    errors = api.post(URL, body | wrong).json()["errors"]
    assert set(errors) == {"objective", "zone", "threshold", "owner", "schedule"}


def test_a_further_objective(api: Any, slo: Slo) -> None:
    body = {"service": "checkout", "sli": slo.sli.public_id, "name": "Fast", "objective": 0.9, "primary": slo.public_id}
    made = api.post(URL, body).json()
    assert made["primary"] == slo.public_id
    assert "primary" in api.patch(f"{URL}{made['id']}/", {"primary": None}).json()["errors"]
    assert "primary" in api.post(URL, body | {"name": "Faster", "primary": "slo_nothing"}).json()["errors"]


def test_an_owner_is_given_and_taken_away(api: Any, slo: Slo, alice: Any) -> None:
    assert api.patch(f"{URL}{slo.public_id}/", {"owner": alice.public_id}).json()["owner"] == alice.public_id
    assert api.patch(f"{URL}{slo.public_id}/", {"owner": None}).json()["owner"] is None
    assert "owner" in api.patch(f"{URL}{slo.public_id}/", {"owner": "usr_nobody"}).json()["errors"]


@pytest.mark.parametrize(
    ("query", "count"),
    [("owner=none", 1), ("owner=me", 0), ("category=latency", 0), ("review_due=true", 1), ("tier=9", 422)],
)
def test_more_filters(api: Any, slo: Slo, now: datetime, query: str, count: int) -> None:
    Slo.objects.update(review_due_at=now)
    response = api.get(f"{URL}?{query}")
    assert (len(response.json()["items"]) if response.status_code == 200 else response.status_code) == count
