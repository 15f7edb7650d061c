"""The SLIs that OpenSLO indicators ask for."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.domain.openslo.wanted import WantedIndicator, WantedObjective, WantedSlo
from slo.models import Sli
from slo.services.openslo_indicators import sli_of
from slo.services.openslo_jobs import Imported, Job
from tests.factories.slo import SloFactory
from tests.factories.sources import PrometheusServerFactory

pytestmark = pytest.mark.django_db
RATIO = WantedIndicator("answers", good="good_total", total="all_total")
Find = Callable[..., Sli | None]


@pytest.fixture
def job(alice: Any, actor_of: Callable[[Any], Any], now: datetime) -> Job:
    return Job(actor_of(alice), now, Imported())


@pytest.fixture
def find(job: Job, service: Any) -> Find:
    def found(indicator: WantedIndicator, present: Any = None, **words: Any) -> Sli | None:
        one = WantedObjective({}, indicator, **words)
        return sli_of(job, WantedSlo("answers", "checkout", (one,), {}), service, 0, one, present)

    return found


def test_the_only_server_of_the_team_needs_no_name(find: Find, team: Any) -> None:
    PrometheusServerFactory(team=team)
    sli = find(RATIO)
    assert sli is not None
    assert (sli.kind, sli.settings["total"]) == ("prometheus", "all_total")


def test_two_servers_need_one(find: Find, team: Any, job: Job) -> None:
    PrometheusServerFactory.create_batch(2, team=team)
    assert find(RATIO) is None
    assert job.found.refusals[0].rule == "Name a Prometheus server."


def test_an_sli_that_asks_the_same_is_used_again(find: Find, team: Any, service: Any) -> None:
    PrometheusServerFactory(team=team)
    sli = find(RATIO)
    assert find(RATIO, SloFactory(service=service, sli=sli)) == sli


def test_another_question_is_another_sli(find: Find, team: Any, service: Any) -> None:
    PrometheusServerFactory(team=team)
    sli = find(RATIO)
    other = WantedIndicator("answers", bad="bad_total", total="all_total")
    assert find(other, SloFactory(service=service, sli=sli)) != sli


@pytest.mark.parametrize(("op", "comparison"), [("lt", "<"), ("lte", "<="), ("gt", ">"), ("gte", ">="), ("", "<=")])
def test_a_gauge_is_compared_as_the_objective_says(find: Find, team: Any, op: str, comparison: str) -> None:
    PrometheusServerFactory(team=team)
    sli = find(WantedIndicator("age", gauge="age_seconds"), op=op, value=Decimal("60.5"))
    assert sli is not None
    assert (sli.settings["comparison"], sli.settings["limit"]) == (comparison, "60.5")


def test_a_source_that_is_not_registered_is_refused(find: Find, job: Job) -> None:
    assert find(WantedIndicator("own", source="nothing.here")) is None
    assert job.found.refusals[0].path == "spec.source"
