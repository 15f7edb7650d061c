"""The list of resources."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.capacity import ResourceFactory, growing

pytestmark = pytest.mark.django_db
URL = "/capacity/"


def test_what_runs_out_first_stands_first(service: Any, vera: Any, client_for: Any) -> None:
    ResourceFactory(service=service, name="Calm")
    ResourceFactory(
        service=service,
        name="Urgent",
        is_warning=True,
        state="growing",
        current=90,
        crosses_earliest_on=date(2026, 3, 8),
        crosses_likely_on=date(2026, 3, 9),
    )
    body = client_for(vera).get(URL).content.decode()
    assert body.index("Urgent") < body.index("Calm")
    assert "Order now" in body
    assert "9 Mar 2026" in body
    assert "not foreseeable" in body


def test_too_few_days_foretell_nothing(service: Any, vera: Any, client_for: Any) -> None:
    ResourceFactory(service=service, state="insufficient_data")
    body = client_for(vera).get(URL).content
    assert b"unknown" in body
    assert b"not in sight" not in body


def test_filters(service: Any, vera: Any, client_for: Any) -> None:
    ResourceFactory(service=service, name="Disk", state="growing")
    ResourceFactory(service=service, name="Memory", state="flat")
    rows = client_for(vera).get(URL, {"state": "flat", "q": "m"}).context["rows"]
    assert [resource.name for resource, _ in rows] == ["Memory"]


def test_queries_do_not_grow(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    client, counts = client_for(vera), []
    with time_machine.travel(now, tick=False):
        client.get(URL)
        for _ in range(2):
            growing(service=service, until=now.date(), n=3)
            with CaptureQueriesContext(connection) as found:
                client.get(URL)
            counts.append(len(found))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("name", "text"), [("alice", b"New resource"), ("vera", b"A manager of a team can add")])
def test_an_empty_list_says_what_to_do(request: Any, client_for: Any, service: Any, name: str, text: bytes) -> None:
    assert text in client_for(request.getfixturevalue(name)).get(URL).content


def test_another_teams_resources_are_not_there(service: Any, charlie: Any, client_for: Any) -> None:
    service.team.is_private = True
    service.team.save()
    ResourceFactory(service=service, name="Secret")
    assert b"Secret" not in client_for(charlie).get(URL).content
