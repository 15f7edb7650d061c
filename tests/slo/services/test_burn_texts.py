"""What an alert of a burn says."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert
from slo.models import Probe, StreamPart
from slo.services import burn_texts, burns, statuses
from tests.factories.slo import ProbeFactory, SliFactory, SloFactory, watched_slo

pytestmark = pytest.mark.django_db
HOURS = [(999, 1000)] * 60


@pytest.fixture
def alert_of(service: Any, now: datetime) -> Any:
    """The critical alert of an SLO with the given minutes."""

    def found(pairs: list[tuple[int, int]], **fields: Any) -> Alert:
        slo = watched_slo(service=service, name="Checkout answers", end=now, pairs=pairs, **fields)
        statuses.refresh_due(now=now + timedelta(minutes=1))
        return Alert.objects.get(dedup_key=burns.dedup_key(slo, "critical"))

    return found


def test_the_title_is_a_short_imperative(alert_of: Any) -> None:
    assert alert_of([(5, 10)] * 60).title == "Stop the burn: Checkout answers"


def test_a_ticket_asks_for_less_than_a_page(service: Any) -> None:
    slo = SloFactory(service=service, name="Checkout answers")
    assert burn_texts.title_of(slo, "warning").startswith("Slow the burn")


def test_a_long_name_is_cut(service: Any) -> None:
    title = burn_texts.title_of(SloFactory(service=service, name="x" * 100), "critical")
    assert (len(title), title[-3:]) == (49, "...")


def test_the_detail_says_what_burns_and_what_is_left(alert_of: Any) -> None:
    assert alert_of([(5, 10)] * 60).detail.splitlines() == [
        "Checkout: Checkout answers, objective 99 % over 30 days.",
        "Burn rate 50.00 over 1 h and 50.00 over 5 min; the rule fires from 14.4.",
        "Error budget left: -4900.00 %. It is spent.",
    ]


def test_the_detail_tells_when_the_budget_is_gone_at_both_burns(alert_of: Any) -> None:
    """646 minutes with 60 of 129.2 allowed bad events; at burn 5 that is 646 min * 0.5356 / (5 - 1) = 86.5 min."""
    alert = alert_of([(20, 20)] * 640 + [(10, 20)] * 6, rules=["critical:10m/5m@20"])
    outlook = "At the burn of the last hour it is gone in 1 h 26 min, of the last 6 h it lasts."
    assert alert.detail.splitlines()[2] == f"Error budget left: 53.56 %. {outlook}"


def failing(service: Any, name: str, **fields: Any) -> Probe:
    probe: Probe = ProbeFactory(service=service, name=name)
    Probe.objects.filter(pk=probe.pk).update(
        **{"last_ok": False, "last_phase": "connect", "last_reason": "refused"} | fields
    )
    return probe


def test_the_probes_of_the_service_that_fail_are_named(alert_of: Any, service: Any) -> None:
    failing(service, "Front door")
    failing(service, "Cart", last_ok=True)
    assert alert_of([(5, 10)] * 60).detail.splitlines()[3:] == ["Also failing probe: Front door (connect): refused"]


def test_the_probes_that_the_slo_counts_come_first(service: Any, now: datetime) -> None:
    """Through the SLO's own stream as well, however long the others have been failing."""
    for name in ("A", "B", "C"):
        failing(service, name, state_since=now - timedelta(days=1))
    own = failing(service, "Front door", state_since=now)
    slo = SloFactory(service=service, sli=SliFactory(service=service, kind="probe", source="", probe=own))
    composite = SloFactory(service=service, sli=SliFactory(service=service))
    StreamPart.objects.create(stream=composite.sli, parent=slo.sli)
    first = "Failing probe: Front door (connect): refused"
    assert [burn_texts._failing(one)[0] for one in (slo, composite)] == [first, first]


def test_the_links_lead_to_the_page_and_the_graph_of_that_time(alert_of: Any, now: datetime) -> None:
    alert = alert_of([(5, 10)] * 60)
    page, graph = (link["href"] for link in alert.links)
    assert page.startswith("http://localhost:8000/slos/slo_")
    assert page.endswith("/?from=2026-03-04T08%3A00%3A00Z&until=2026-03-04T12%3A00%3A00Z")
    assert graph == page.replace("/?", "/graphs/burn.png?")
