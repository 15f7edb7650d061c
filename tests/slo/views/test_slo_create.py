"""Adding an SLO by the form."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.forms.slos import NEW_SLO
from slo.models import Slo
from slo.services import sources
from tests.factories.slo import SliFactory, SloStatusFactory

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
    return {**NEW_SLO, "sli": sli, "name": "Checkout answers", **changes}


def rows(prefix: str, *found: dict[str, Any]) -> dict[str, Any]:
    fields = {f"{prefix}-{number}-{name}": value for number, row in enumerate(found) for name, value in row.items()}
    return {f"{prefix}-TOTAL_FORMS": len(found), f"{prefix}-INITIAL_FORMS": 0, **fields}


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


def test_everything_of_the_model_can_be_typed(service: Any, alice: Any, client_for: Any) -> None:
    sent = form("source:tests.mails", window="month", zone="Europe/Vienna", method="timeslices", slice_target="95")
    own = rows("own", {"severity": "critical", "long": "30m", "short": "3m", "burn": "20"})
    hours = rows("hours", {"days": ["0", "1"], "starts": "08:00", "ends": "18:00"})
    client_for(alice).post(URL, sent | own | hours | {"owner": alice.public_id, "review_days": "30"})
    slo = Slo.objects.get()
    assert (slo.calendar_unit, slo.zone, slo.slice_target) == ("month", "Europe/Vienna", Decimal("0.95"))
    assert "critical:30m/3m@20" in slo.rules
    assert slo.schedule == [{"from": "08:00", "until": "18:00", "days": [0, 1]}]
    assert (slo.owner, slo.review_days) == (alice, 30)


@pytest.mark.parametrize(("kind", "told"), [("website", b"minutes count"), ("batch", b"a ticket is soon enough")])
def test_a_template_fills_the_form(service: Any, alice: Any, client_for: Any, kind: str, told: bytes) -> None:
    SliFactory(service=service)
    response = client_for(alice).get(f"{URL}&kind={kind}")
    assert told in response.content
    assert response.context["form"]["objective"].value() == {"website": "99.9", "batch": "99"}[kind]


def test_looking_saves_nothing_and_shows_the_rules(service: Any, alice: Any, client_for: Any) -> None:
    page = client_for(alice).post(URL, form("source:tests.mails", objective="99.5", look="1")).content
    assert b"216 minutes of full outage" in page
    assert not Slo.objects.exists()


def test_a_further_objective_begins_as_the_first(service: Any, alice: Any, client_for: Any) -> None:
    first = SloStatusFactory(slo__service=service, slo__window_days=7).slo
    url = f"{URL}&primary={first.public_id}"
    assert client_for(alice).get(url).context["form"]["window_days"].value() == 7
    client_for(alice).post(url, form(first.sli.public_id, objective="95"))
    assert Slo.objects.get(name="Checkout answers").primary == first


def test_wrong_rows_are_told_with_everything_else(service: Any, alice: Any, client_for: Any) -> None:
    own = rows("own", {"severity": "critical", "long": "30m", "short": "", "burn": "20"})
    hours = rows("hours", {"starts": "8", "ends": "18:00"})
    page = client_for(alice).post(URL, form("source:tests.mails", name="") | own | hours).content.decode()
    assert "A rule needs both windows" in page
    assert "from is written like 08:00." in page
    assert "This field is required." in page


def test_the_service_refuses_at_the_field(service: Any, alice: Any, client_for: Any) -> None:
    page = client_for(alice).post(URL, form("source:tests.mails", category="freshness", zone="Mars")).content
    assert b"Freshness needs a threshold in seconds." in page
    assert b"There is no such zone." in page
