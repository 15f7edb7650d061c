"""Adding an SLO by the form."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.models import Slo
from slo.services import sources
from tests.factories.slo import SliFactory

pytestmark = pytest.mark.django_db
URL = "/slos/new/?service=checkout"


def mails(start: datetime, end: datetime) -> None:
    return None


@pytest.fixture(autouse=True)
def _source() -> Iterator[None]:
    sources.register(sources.Source("tests.mails", "Mails delivered", mails))
    yield
    sources.unregister("tests.mails")


def form(sli: str, **changes: Any) -> dict[str, Any]:
    rules = ["page-1h", "page-6h", "ticket-3d"]
    base: dict[str, Any] = {"sli": sli, "name": "Checkout answers", "objective": "99.9", "rules": rules}
    return base | {"minimum_events": "10", "coverage_floor": "50", **changes}


def test_first_the_service_is_chosen(service: Any, alice: Any, client_for: Any) -> None:
    assert b"/slos/new/?service=checkout" in client_for(alice).get("/slos/new/").content


def test_the_only_sli_is_chosen_already(service: Any, alice: Any, client_for: Any) -> None:
    sli = SliFactory(service=service)
    assert client_for(alice).get(URL).context["form"]["sli"].value() == sli.public_id


def test_among_several_slis_none_is_chosen(service: Any, alice: Any, client_for: Any) -> None:
    SliFactory.create_batch(2, service=service)
    assert client_for(alice).get(URL).context["form"]["sli"].value() == ""


def test_the_form_shows_what_the_objective_allows(service: Any, alice: Any, client_for: Any) -> None:
    page = client_for(alice).get(URL).content
    assert b"43.2 minutes of full outage" in page
    assert b"Mails delivered" in page


def test_an_slo_over_an_sli(service: Any, alice: Any, client_for: Any) -> None:
    sli = SliFactory(service=service)
    response = client_for(alice).post(URL, form(sli.public_id))
    slo = Slo.objects.get()
    assert response.url == f"/slos/{slo.public_id}/"
    assert (slo.sli, slo.objective, slo.coverage_floor) == (sli, Decimal("0.999"), Decimal("0.5"))


def test_an_slo_over_a_source(service: Any, alice: Any, client_for: Any) -> None:
    client_for(alice).post(URL, form("source:tests.mails"))
    assert Slo.objects.get().sli.source == "tests.mails"


def test_a_rule_that_cannot_fire_is_told_at_its_field(service: Any, alice: Any, client_for: Any) -> None:
    page = client_for(alice).post(URL, form("source:tests.mails", objective="90")).content
    assert b"can never fire" in page
    assert not Slo.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"objective": "100"}, {"name": ""}, {"sli": "sli_nothing"}, {"coverage_floor": "101"}]
)
def test_wrong_input_loses_nothing(service: Any, alice: Any, client_for: Any, changes: dict[str, str]) -> None:
    response = client_for(alice).post(URL, {**form("source:tests.mails", description="For shoppers"), **changes})
    assert response.status_code == 200
    assert b"For shoppers" in response.content
    assert not Slo.objects.exists()


def test_a_responder_may_not(service: Any, bob: Any, client_for: Any) -> None:
    assert client_for(bob).get(URL).status_code == 403


def test_who_manages_nothing_is_told(service: Any, vera: Any, client_for: Any) -> None:
    assert b"You manage no service yet" in client_for(vera).get("/slos/new/").content
