"""The graph of an alert, from whoever was registered."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.selectors import graphs
from oncall.selectors.graphs import Graph, Subject
from portal.lib.charts import BarChart, LineChart, Series
from tests.factories.oncall import AlertFactory

ActorOf = Callable[[Any], Any]


def asked(alert: Any, actor: Any, now: datetime) -> list[Subject]:
    subjects: list[Subject] = []

    def read(subject: Subject, *, actor: Any) -> None:
        subjects.append(subject)

    remove = graphs.register("test", read)
    graphs.graphs_of(alert, actor, now=now)
    remove()
    return subjects


def test_it_begins_two_hours_before_and_ends_now(team: Any, vera: Any, actor_of: ActorOf, now: datetime) -> None:
    (subject,) = asked(AlertFactory(team=team, started_at=now - timedelta(hours=1)), actor_of(vera), now)
    assert (subject.start, subject.end) == (now - timedelta(hours=3), now)
    assert subject.marks == [(now - timedelta(hours=1), "fired")]


def test_it_ends_soon_after_the_alert(team: Any, vera: Any, actor_of: ActorOf, now: datetime) -> None:
    over = now - timedelta(hours=5)
    alert = AlertFactory(team=team, status="resolved", started_at=now - timedelta(hours=6), resolved_at=over)
    assert asked(alert, actor_of(vera), now)[0].end == over + graphs.AFTER


def test_a_long_alert_shows_its_first_day(team: Any, vera: Any, actor_of: ActorOf, now: datetime) -> None:
    (subject,) = asked(AlertFactory(team=team, started_at=now - timedelta(days=9)), actor_of(vera), now)
    assert subject.end - subject.start == graphs.LONGEST


@pytest.mark.parametrize(("value", "is_empty"), [(None, True), (0, False)], ids=["nothing", "zero"])
def test_nothing_measured_is_empty_and_zero_is_not(value: int | None, is_empty: bool, now: datetime) -> None:
    line = LineChart(title="a", unit="ratio", series=[Series("bad", [(now, value)])])
    bars = BarChart(title="a", unit="events", bars=[(now, value)], step=timedelta(minutes=5))
    assert [Graph(chart, "/").is_empty for chart in (line, bars)] == [is_empty, is_empty]
