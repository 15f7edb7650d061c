"""The page of the gate."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from portal.accounts.domain.actors import Actor
from slo.models import GateEvaluation
from slo.services import policies, release_windows
from tests.factories.slo import ReleaseFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
URL = "/services/checkout/gate/"
ACTOR = Actor.system("tests")
SHUT = {"zone": "UTC", "hours": [{"days": ["mon"], "from": "00:00", "until": "00:01"}]}


def test_without_an_slo_it_is_open(service: Any, vera: Any, client_for: Any) -> None:
    page = client_for(vera).get(URL).content
    assert b"Nothing speaks against releasing Checkout now." in page
    assert b"No SLO guards this service" in page


def test_a_spent_budget_closes_it_with_the_evidence(service: Any, vera: Any, client_for: Any) -> None:
    SloStatusFactory(
        slo__service=service, slo__name="Answers", remaining_ratio=Decimal("-0.25"), good=9875, total=10000
    )
    page = client_for(vera).get(URL).content.decode()
    assert "Do not release Checkout now." in page
    assert "Answers (99 %) has no error budget left." in page
    assert "10,000 events x 1 % = 100 bad events are allowed in the window." in page


def test_what_is_shown_depends_on_what_is_asked(service: Any, vera: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, remaining_ratio=Decimal(-1))
    page = client_for(vera).get(f"{URL}?kind=hotfix").content.decode()
    assert "You may release Checkout, with care." in page
    assert "The policy exempts hotfix releases" in page
    assert "Nothing speaks against" in client_for(vera).get(f"{URL}?environment=staging").content.decode()


def test_looking_is_not_kept(service: Any, vera: Any, client_for: Any) -> None:
    client_for(vera).get(URL)
    assert not GateEvaluation.objects.exists()


def test_policy_window_and_releases_are_shown(service: Any, alice: Any, client_for: Any) -> None:
    steps = [{"at": "0.25", "demand": "announce", "note": "in the channel"}]
    policies.set_policy(actor=ACTOR, owner=service, definition={"steps": steps}, now=timezone.now())
    release_windows.set_window(actor=ACTOR, owner=service.team, definition=SHUT, now=timezone.now())
    ReleaseFactory(service=service, version="7.1")
    page = client_for(alice).get(URL).content.decode()
    assert all(text in page for text in ("announce each release (in the channel)", "Of this service", "Opens", "7.1"))


@pytest.mark.parametrize("query", ["?kind=x", "?version=" + "x" * 200])
def test_nonsense_is_no_error(service: Any, vera: Any, client_for: Any, query: str) -> None:
    assert client_for(vera).get(f"{URL}{query}").status_code == 200


def test_a_viewer_overrides_nothing(service: Any, vera: Any, client_for: Any) -> None:
    assert b"Override" not in client_for(vera).get(URL).content


def test_another_teams_private_service_is_not_found(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    assert client_for(charlie).get(URL).status_code == 404


def test_the_service_page_shows_the_gate_and_the_step(service: Any, vera: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, firing=["page-1h"], remaining_ratio=Decimal("0.4"))
    page = client_for(vera).get("/services/checkout/").content.decode()
    assert "Release gate" in page
    assert "announce each release" in page


def test_an_slo_without_data_says_so_in_words(service: Any, vera: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, state="no_data", burns={})
    page = client_for(vera).get(URL).content.decode()
    assert "No data" in page
    assert "unknown" in page


def test_a_window_without_events_has_no_burn(service: Any, vera: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, burns={"300": None, "3600": "2.5"}, remaining_ratio=Decimal("0.5"))
    page = client_for(vera).get(URL).content.decode()
    assert "over 1 h" in page
    assert "over 5 min" not in page
