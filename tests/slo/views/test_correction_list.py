"""The ledger of corrections."""

from datetime import datetime
from typing import Any

import pytest

from slo.domain.windows import HOUR
from tests.factories.adjustments import CorrectionFactory

pytestmark = pytest.mark.django_db


def test_everybody_of_the_team_reads_the_ledger(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    CorrectionFactory(service=service, starts_at=now, ends_at=now + HOUR, revoked_at=now, revoked_by="Bob")
    content = client_for(vera).get("/corrections/").content
    assert b"The load balancer of the provider was down." in content
    assert b"revoked by Bob" in content


def test_a_manager_finds_the_button(service: Any, alice: Any, vera: Any, client_for: Any, now: datetime) -> None:
    one = CorrectionFactory(service=service, starts_at=now, ends_at=now + HOUR)
    link = f"/corrections/{one.public_id}/revoke/".encode()
    assert [link in client_for(user).get("/corrections/").content for user in (alice, vera)] == [True, False]


def test_words_and_services_narrow_it(service: Any, alice: Any, client_for: Any, now: datetime) -> None:
    CorrectionFactory(service=service, reason="Storm", starts_at=now, ends_at=now + HOUR)
    CorrectionFactory(starts_at=now, ends_at=now + HOUR)
    client = client_for(alice)
    found = [client.get(f"/corrections/{query}").context["page"].paginator.count for query in ("", "?q=storm", "?q=x")]
    assert found == [2, 1, 0]
    assert client.get("/corrections/?service=checkout").context["page"].paginator.count == 1


def test_an_empty_ledger_says_what_it_is_for(alice: Any, client_for: Any) -> None:
    assert b"Nothing was corrected yet" in client_for(alice).get("/corrections/").content


def test_queries_do_not_grow(
    service: Any, alice: Any, client_for: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        CorrectionFactory(service=service, starts_at=now, ends_at=now + HOUR)
    client = client_for(alice)
    with django_assert_max_num_queries(25):
        client.get("/corrections/")
