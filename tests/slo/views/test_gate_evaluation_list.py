"""What the gate answered, as a list."""

from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.domain.gate_facts import Asked
from slo.services import gates

pytestmark = pytest.mark.django_db
URL = "/services/checkout/gate/evaluations/"
ACTOR = Actor.system("pipeline 7")


def test_every_answer_is_listed(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    gates.evaluate(actor=ACTOR, service=service, asked=Asked(version="2.0.1"), now=now)
    gates.evaluate(actor=ACTOR, service=service, asked=Asked(version="2.0.2"), now=now, is_dry_run=True)
    page = client_for(vera).get(URL).content.decode()
    assert all(text in page for text in ("2.0.1", "2.0.2", "Dry run", "pipeline 7", "Allowed"))
    assert "2.0.1" not in client_for(vera).get(f"{URL}?runs=dry").content.decode()


@pytest.mark.parametrize(("query", "text"), [("", "Nobody has asked yet"), ("?verdict=deny", "No answer matches")])
def test_an_empty_list_says_what_to_do_next(service: Any, vera: Any, client_for: Any, query: str, text: str) -> None:
    assert text in client_for(vera).get(f"{URL}{query}").content.decode()


def test_another_teams_private_service_is_not_found(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    assert client_for(charlie).get(URL).status_code == 404
