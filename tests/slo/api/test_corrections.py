"""Corrections over the API: previewed, appended, revoked."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from slo.domain.windows import floor_to
from slo.models import Correction
from tests.factories.adjustments import CorrectionFactory
from tests.factories.slo import SliFactory, SloFactory, SloStatusFactory, minutes

pytestmark = pytest.mark.django_db
URL = "/api/v1/corrections/"
SPAN = {"starts_at": "2026-03-04T11:00:00Z", "ends_at": "2026-03-04T12:00:00Z"}
BODY = {"service": "checkout", "reason": "The provider was down.", **SPAN}


@pytest.fixture
def slo(service: Any) -> Any:
    return SloStatusFactory(slo=SloFactory(service=service, sli=SliFactory(service=service))).slo


def test_a_manager_appends_to_the_ledger(service: Any, slo: Any, api_for: Any) -> None:
    response = api_for("slos:write").post(URL, {**BODY, "slo": slo.public_id, "effect": "good"})
    body = response.json()
    assert (response.status_code, body["slo"], body["effect"], body["zone"]) == (201, slo.public_id, "good", "UTC")
    assert Correction.objects.get().author == body["author"]


def test_a_preview_stores_nothing(service: Any, slo: Any, api_for: Any) -> None:
    end = floor_to(timezone.now(), timedelta(hours=1))
    minutes(slo.sli, end=end, pairs=[(0, 1)] * 30 + [(1, 1)] * 30)
    span = {"starts_at": (end - timedelta(hours=1)).isoformat(), "ends_at": (end - timedelta(minutes=30)).isoformat()}
    (found,) = api_for("slos:write").post(f"{URL}preview/", {**BODY, **span}).json()["slos"]
    assert (found["slo"], found["minutes"], found["whole_hours"]) == (slo.public_id, 30, 0)
    assert (found["before"]["sli_ratio"], found["before"]["consumed_ratio"], found["after"]["sli_ratio"]) == (
        0.5,
        50,
        1,
    )
    assert not Correction.objects.exists()


def test_without_events_ratios_are_null(service: Any, slo: Any, api_for: Any) -> None:
    (found,) = api_for("slos:write").post(f"{URL}preview/", BODY).json()["slos"]
    assert (found["before"]["sli_ratio"], found["after"]["remaining_ratio"]) == (None, None)


def test_it_is_revoked_once(service: Any, slo: Any, api_for: Any) -> None:
    api = api_for("slos:write", "slos:read")
    one = f"{URL}{api.post(URL, BODY).json()['id']}/"
    assert api.post(f"{one}revoke/").json()["revoked_by"]
    assert api.post(f"{one}revoke/").status_code == 409
    assert api.get(one).json()["revoked_at"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", " "),
        ("reason", "a\x00b"),
        ("effect", "bad"),
        ("zone", "Mars"),
        ("rrule", "FREQ=SECONDLY"),
        ("ends_at", "2026-03-04T10:00:00Z"),
        ("starts_at", "0001-01-01T00:00:00Z"),
        ("starts_at", "9999-12-31T23:59:59-23:00"),
        ("service", "nowhere"),
        ("slo", "slo_nothing"),
        ("colour", 1),
    ],
    ids=["blank", "nul", "effect", "zone", "rule", "end", "year 1", "year 9999", "service", "slo", "unknown"],
)
def test_wrong_fields_are_named(service: Any, api_for: Any, field: str, value: object) -> None:
    response = api_for("slos:write").post(URL, {**BODY, field: value})
    assert response.status_code == 422
    assert {field, "ends_at"} & set(response.json()["errors"])


def test_they_are_listed_by_service(service: Any, api_for: Any) -> None:
    kept = CorrectionFactory(service=service, **SPAN)
    CorrectionFactory(**SPAN)
    items = api_for("slos:read").get(f"{URL}?service=checkout").json()["items"]
    assert [item["id"] for item in items] == [kept.public_id]


def test_a_viewer_corrects_and_revokes_nothing(service: Any, api_for: Any, vera: Any) -> None:
    one = CorrectionFactory(service=service, **SPAN)
    api = api_for("slos:write", user=vera)
    assert api.post(URL, BODY).status_code == 403
    assert api.post(f"{URL}{one.public_id}/revoke/").status_code == 403


def test_those_of_a_private_team_are_not_found(service: Any, api_for: Any, charlie: Any) -> None:
    service.team.is_private = True
    service.team.save()
    one = CorrectionFactory(service=service, **SPAN)
    api = api_for("slos:read", "slos:write", user=charlie)
    assert api.get(f"{URL}{one.public_id}/").status_code == 404
    assert api.post(f"{URL}{one.public_id}/revoke/").status_code == 404


def test_reading_does_not_allow_writing(service: Any, api_for: Any) -> None:
    assert api_for("slos:read").post(URL, BODY).status_code == 403
