"""Results and trials of probes over the API."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from portal.accounts.models import Team
from slo.domain.probing import Outcome
from slo.models import Probe
from tests.slo.services.runs import GOOD, counted_probe, runs

pytestmark = pytest.mark.django_db
BODY = {"service": "checkout", "name": "Home", "url": "http://127.0.0.1:9/"}
BAD = Outcome(
    ok=False,
    latency=timedelta(milliseconds=80),
    phase="assertion",
    reason="The status was 503.",
    status=503,
    timings=(("connect", 1.5), ("wait", 7.25)),
    sample="status 503",
)


@pytest.fixture
def probe(service: Any, now: datetime) -> Probe:
    """A probe with three results."""
    return runs(counted_probe(service=service, now=now), now, [GOOD, BAD, GOOD])


@pytest.fixture
def listed(probe: Probe, api_for: Any, now: datetime) -> Any:
    """Asks for the results soon after they came."""

    def ask(query: str = "") -> Any:
        with time_machine.travel(now + timedelta(minutes=5), tick=False):
            return api_for("slos:read").get(f"/api/v1/probes/{probe.public_id}/results/{query}")

    return ask


def test_results_are_listed_with_phases_and_samples(listed: Any) -> None:
    latest, failed, _ = listed().json()["items"]
    assert (latest["ok"], latest["location"]) == (True, "main")
    assert (failed["phase"], failed["reason"], failed["sample"]) == ("assertion", "The status was 503.", "status 503")
    assert failed["timings"] == [{"name": "connect", "milliseconds": 1.5}, {"name": "wait", "milliseconds": 7.25}]


def test_results_come_in_pages(listed: Any) -> None:
    first = listed("?limit=2").json()
    rest = listed(f"?limit=2&cursor={first['next_cursor']}").json()
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 1, None)


def test_failures_alone_can_be_listed(listed: Any) -> None:
    assert [one["ok"] for one in listed("?ok=false").json()["items"]] == [False]


@pytest.mark.parametrize("query", ["?limit=0", "?cursor=nonsense", "?ok=maybe", "?smell=1"])
def test_odd_questions_are_refused(listed: Any, query: str) -> None:
    assert listed(query).status_code == 422


def test_outsiders_see_no_results_of_a_private_team(probe: Probe, api_for: Any, charlie: Any) -> None:
    Team.objects.update(is_private=True)
    assert api_for("slos:read", user=charlie).get(f"/api/v1/probes/{probe.public_id}/results/").status_code == 404


def test_a_trial_keeps_nothing(service: Any, api_for: Any, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    response = api_for("slos:write").post("/api/v1/probes/try/", BODY)
    found = response.json()
    assert (response.status_code, found["ok"], found["phase"], found["measured"]) == (200, False, "resolve", True)
    assert Probe.objects.count() == 0


def test_a_trial_names_what_is_wrong(service: Any, api_for: Any) -> None:
    response = api_for("slos:write").post("/api/v1/probes/try/", {**BODY, "options": {"headers": {"a b": "1"}}})
    assert (response.status_code, list(response.json()["errors"])) == (422, ["options.headers.a b"])


def test_only_managers_try(service: Any, api_for: Any, bob: Any) -> None:
    assert api_for("slos:write", user=bob).post("/api/v1/probes/try/", BODY).status_code == 403
    assert api_for("slos:read").post("/api/v1/probes/try/", BODY).status_code == 403
