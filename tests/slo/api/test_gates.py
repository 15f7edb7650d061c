"""The gate over the API."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/services/checkout/gate/"


def test_it_is_open_without_slos(service: Any, api_for: Any) -> None:
    body = api_for("releases:read").get("/api/v1/services/checkout/gate/").json()
    assert (body["allowed"], body["verdict"], body["reasons"], body["budgets"]) == (True, "allow", [], [])
    assert body["notes"] == ["No SLO guards this service."]


def test_it_closes_with_reasons_and_evidence(service: Any, api_for: Any) -> None:
    slo = SloStatusFactory(slo__service=service, slo__name="Answers", remaining_ratio=Decimal("-0.5")).slo
    body = api_for("releases:read").get(f"/api/v1/services/{service.public_id}/gate/").json()
    assert (body["allowed"], body["reasons"]) == (False, ["Answers (99 %) has no error budget left."])
    assert (body["budgets"][0]["slo"], body["budgets"][0]["remaining_ratio"]) == (slo.public_id, -0.5)


def test_an_unknown_service_is_not_found(api_for: Any) -> None:
    assert api_for("releases:read").get("/api/v1/services/nothing/gate/").status_code == 404


def test_it_needs_the_scope(service: Any, api_for: Any) -> None:
    assert api_for("slos:read").get("/api/v1/services/checkout/gate/").status_code == 403


def spent(service: Any) -> None:
    SloStatusFactory(slo__service=service, slo__name="Answers", remaining_ratio=Decimal(-1), burns={"3600": "14.4"})


def test_the_evidence_is_complete(service: Any, api_for: Any) -> None:
    spent(service)
    body = api_for("releases:read").get(URL).json()
    assert (body["verdict"], body["step"]["demand"], body["step"]["at"], body["window"]) == ("deny", "freeze", 1, None)
    assert body["budgets"][0]["burn_rates"] == {"3600": "14.4"}
    assert body["override"] is None


def test_every_answer_is_kept_and_listed(service: Any, api_for: Any) -> None:
    api = api_for("releases:read")
    ids = [api.get(f"{URL}?version={version}&dry_run={dry}").json()["evaluation"] for version, dry in ((1, 0), (2, 1))]
    listed = api.get(f"{URL}evaluations/").json()["items"]
    assert [one["id"] for one in listed] == ids[::-1]
    assert [(one["version"], one["is_dry_run"]) for one in listed] == [("2", True), ("1", False)]


@pytest.mark.parametrize(
    ("query", "status", "verdict"),
    [
        ("refuse=true", 409, "deny"),
        ("refuse=true&kind=rollback", 200, "allow"),
        ("refuse=true&kind=security", 200, "warn"),
        ("environment=staging", 200, "allow"),
    ],
)
def test_a_denial_may_be_a_refusal(service: Any, api_for: Any, query: str, status: int, verdict: str) -> None:
    spent(service)
    answer = api_for("releases:read").get(f"{URL}?{query}")
    assert (answer.status_code, answer.json()["verdict"]) == (status, verdict)


@pytest.mark.parametrize(
    ("query", "field"),
    [("kind=x", "kind"), ("colour=1", "colour"), ("dry_run=perhaps", "dry_run"), ("approver=nobody", "approver")],
)
def test_a_wrong_question_is_named(service: Any, api_for: Any, query: str, field: str) -> None:
    answer = api_for("releases:read").get(f"{URL}?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])


def test_a_manager_overrides_and_revokes(service: Any, api_for: Any) -> None:
    spent(service)
    api = api_for("releases:read", "releases:write")
    end = (timezone.now() + timedelta(hours=1)).isoformat()
    made = api.post(f"{URL}overrides/", {"reason": "The fix.", "expires_at": end}).json()
    body = api.get(URL).json()
    assert (body["verdict"], body["override"]["id"]) == ("warn", made["id"])
    assert [api.delete(f"/api/v1/gate-overrides/{made['id']}/").status_code for _ in range(2)] == [204, 204]
    assert api.get(URL).json()["verdict"] == "deny"
    assert api.get(f"{URL}overrides/").json()["items"][0]["revoked_at"]


def test_an_override_is_checked(service: Any, api_for: Any) -> None:
    answer = api_for("releases:write").post(f"{URL}overrides/", {"reason": " ", "expires_at": "2020-01-01T00:00:00Z"})
    assert (answer.status_code, set(answer.json()["errors"])) == (422, {"reason"})


def test_a_responder_overrides_nothing(service: Any, api_for: Any, bob: Any) -> None:
    end = (timezone.now() + timedelta(hours=1)).isoformat()
    answer = api_for("releases:write", user=bob).post(f"{URL}overrides/", {"reason": "must", "expires_at": end})
    assert answer.status_code == 403


def test_another_teams_private_gate_is_not_found(service: Any, api_for: Any, charlie: Any) -> None:
    service.team.is_private = True
    service.team.save()
    for path in ("", "evaluations/", "overrides/"):
        assert api_for("releases:read", user=charlie).get(f"{URL}{path}").status_code == 404
