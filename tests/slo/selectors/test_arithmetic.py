"""The arithmetic behind the numbers of a page."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.models import Slo
from slo.selectors.arithmetic import explained, recent_counts
from slo.services import statuses
from tests.factories.slo import SloStatusFactory, watched_slo

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def slo(service: Any, now: datetime) -> Slo:
    watched_slo(service=service, end=now, pairs=[(10, 10)] * 90 + [(5, 10)] * 10)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    return Slo.objects.select_related("status", "stream").get()


def test_the_counts_of_each_window_of_its_rules(slo: Slo) -> None:
    found = recent_counts(slo, slo.status, slo.definition.rules)
    assert (found[HOUR].bad, found[HOUR].total) == (50, 600)
    assert found[timedelta(minutes=5)].total == 50


def test_every_number_has_its_sentences(slo: Slo) -> None:
    why = explained(slo, slo.status, recent_counts(slo, slo.status, slo.definition.rules))
    assert set(why) == {"budget", "ratio", "burn_1h", "burn_6h", "forecast", "coverage"}
    assert why["burn_1h"][0] == "In the last 1h: 50 bad / 600 events = 8.3333 %."
    assert why["budget"][-1] == "100 % - 500 % = -400 % is left."


def test_before_the_first_counts_nothing_is_made_up(service: Any) -> None:
    slo = SloStatusFactory(slo__service=service).slo
    assert recent_counts(slo, slo.status, slo.definition.rules) == {}
    assert explained(slo, slo.status, {})["coverage"] == ["Nothing was expected to be measured yet."]
