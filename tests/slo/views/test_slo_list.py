"""The list of SLOs."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db


def test_a_visitor_is_asked_to_sign_in(client: Any) -> None:
    assert client.get("/slos/").status_code == 302


def test_the_worst_stand_first_with_their_budget(service: Any, vera: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, slo__name="Fine", remaining_ratio=Decimal("0.9"), state="healthy")
    SloStatusFactory(slo__service=service, slo__name="Gone", remaining_ratio=Decimal("-0.5"), state="violated")
    page = client_for(vera).get("/slos/").content.decode()
    assert 0 < page.index("Gone") < page.index("Fine")
    assert "already" in page


def test_what_was_not_measured_is_unknown_and_not_out_of_sight(service: Any, vera: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, remaining_ratio=Decimal("0.9"), burn_1h=None)
    page = client_for(vera).get("/slos/").content.decode()
    assert "unknown" in page
    assert "not in sight" not in page


def test_burns_are_multiples(service: Any, vera: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, remaining_ratio=Decimal("0.9"), burn_1h=Decimal("2.5"))
    page = client_for(vera).get("/slos/").content.decode()
    assert "2.5\N{MULTIPLICATION SIGN}" in page
    assert "not in sight" in page


def test_filters_narrow_the_list(service: Any, vera: Any, client_for: Any) -> None:
    SloStatusFactory(slo__service=service, slo__name="Fine", state="healthy")
    SloStatusFactory(slo__service=service, slo__name="Gone", state="violated")
    page = client_for(vera).get("/slos/?state=violated&service=checkout").content.decode()
    assert "Gone" in page
    assert "Fine" not in page


def test_an_empty_list_says_what_to_do_next(alice: Any, vera: Any, client_for: Any) -> None:
    assert b"New SLO" in client_for(alice).get("/slos/").content
    assert b"A manager of a team can add the first one" in client_for(vera).get("/slos/").content
    assert b"No SLO matches" in client_for(vera).get("/slos/?q=nothing").content


def test_private_slos_of_others_are_not_listed(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    SloStatusFactory(slo__service=service, slo__name="Secret")
    assert b"Secret" not in client_for(charlie).get("/slos/").content


def test_the_number_of_queries_does_not_grow(
    service: Any, vera: Any, client_for: Any, django_assert_max_num_queries: Any, now: datetime
) -> None:
    SloStatusFactory.create_batch(60, slo__service=service, remaining_ratio=Decimal("0.5"))
    client = client_for(vera)
    with django_assert_max_num_queries(22):
        assert client.get("/slos/").status_code == 200
