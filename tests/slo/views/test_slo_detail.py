"""The page of one SLO."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from portal.accounts.domain.actors import Actor
from slo.services import objectives, statuses
from tests.factories.slo import ReleaseFactory, SloStatusFactory, watched_slo

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")


@pytest.fixture
def page(service: Any, vera: Any, client_for: Any, now: datetime) -> str:
    """The page of an SLO that burned for the last ten minutes."""
    slo = watched_slo(service=service, name="Checkout answers", end=now, pairs=[(10, 10)] * 50 + [(0, 10)] * 10)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    ReleaseFactory(service=service, version="7.3.1", started_at=now - timedelta(hours=1))
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        content = client_for(vera).get(f"/slos/{slo.public_id}/").content
    return str(content.decode())


def test_the_arithmetic_is_explained(page: str) -> None:
    assert "600 events x 1 % = 6 bad events are allowed in the window." in page
    assert "600 events - 500 good = 100 were bad." in page


def test_rules_show_what_they_say(page: str) -> None:
    assert page.count("Firing") >= 3
    assert "page-1h" in page


def test_releases_stand_beside_the_graphs(page: str) -> None:
    assert "7.3.1" in page
    assert page.count("<svg") > 4


def test_a_viewer_cannot_edit(page: str) -> None:
    assert "/edit/" not in page


def test_an_slo_without_data_has_a_page(service: Any, alice: Any, client_for: Any) -> None:
    slo = SloStatusFactory(slo__service=service).slo
    page = client_for(alice).get(f"/slos/{slo.public_id}/").content.decode()
    assert "There were no events in the window" in page
    assert f"/slos/{slo.public_id}/edit/" in page


def test_refused_counts_are_told(service: Any, vera: Any, client_for: Any) -> None:
    slo = SloStatusFactory(slo__service=service, slo__sli__problem="2 good of 1").slo
    assert b"2 good of 1" in client_for(vera).get(f"/slos/{slo.public_id}/").content


def test_an_unknown_slo_is_not_found(vera: Any, client_for: Any) -> None:
    assert client_for(vera).get("/slos/slo_nothing/").status_code == 404


def test_an_archived_slo_stays_readable(service: Any, alice: Any, client_for: Any, now: datetime) -> None:
    slo = SloStatusFactory(slo__service=service, slo__archived_at=now).slo
    page = client_for(alice).get(f"/slos/{slo.public_id}/").content.decode()
    assert "Archived" in page
    assert "/edit/" not in page


@pytest.mark.parametrize("span", ["day", "week", "90d", "year", "nonsense"])
def test_every_range_is_drawn(service: Any, vera: Any, client_for: Any, now: datetime, span: str) -> None:
    slo = watched_slo(service=service, end=now, pairs=[(9, 10)] * 10)
    assert client_for(vera).get(f"/slos/{slo.public_id}/?range={span}").status_code == 200


def test_a_link_to_a_time_stays_where_it_is(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    slo = watched_slo(service=service, end=now, pairs=[(9, 10)] * 60)
    url = f"/slos/{slo.public_id}/?from=2026-03-04T11:00:00Z&until=2026-03-04T11:30:00Z"
    with time_machine.travel(now, tick=False):
        span = client_for(vera).get(url).context["span"]
    assert (span.start, span.end) == (now - timedelta(hours=1), now - timedelta(minutes=30))


@pytest.mark.parametrize(
    "query", ["from=yesterday&until=", "from=2026-03-04T11:00&until=2026-03-04T10:00", "from=9999-99-99"]
)
def test_a_wrong_time_is_told(service: Any, vera: Any, client_for: Any, query: str) -> None:
    slo = SloStatusFactory(slo__service=service).slo
    response = client_for(vera).get(f"/slos/{slo.public_id}/?{query}")
    assert response.status_code == 422
    assert b'role="alert"' in response.content


def test_further_objectives_stand_beside_it(service: Any, alice: Any, client_for: Any) -> None:
    first = SloStatusFactory(slo__service=service).slo
    SloStatusFactory(slo__service=service, slo__primary=first, slo__name="Answers fast")
    page = client_for(alice).get(f"/slos/{first.public_id}/").content.decode()
    assert "Answers fast" in page
    assert f"primary={first.public_id}" in page


def test_a_revision_says_what_it_changed(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    slo = SloStatusFactory(slo__service=service, slo__objective=Decimal("0.99")).slo
    objectives.update_slo(actor=SYSTEM, slo=slo, facts={"window_days": 7}, now=now)
    objectives.update_slo(actor=SYSTEM, slo=slo, facts={"objective": Decimal("0.95")}, now=now)
    assert "objective: 99 % -&gt; 95 %" in client_for(vera).get(f"/slos/{slo.public_id}/").content.decode()


def test_the_number_of_queries_is_bounded(
    service: Any, vera: Any, client_for: Any, django_assert_max_num_queries: Any, now: datetime
) -> None:
    slo = watched_slo(service=service, end=now, pairs=[(9, 10)] * 10)
    client = client_for(vera)
    with django_assert_max_num_queries(45):
        assert client.get(f"/slos/{slo.public_id}/?range=year").status_code == 200


def test_one_explanation_of_the_numbers_is_open_at_a_time(service: Any, vera: Any, client_for: Any) -> None:
    slo = SloStatusFactory(slo__service=service).slo
    assert client_for(vera).get(f"/slos/{slo.public_id}/").content.count(b'<details class="how" name="numbers">') == 6
