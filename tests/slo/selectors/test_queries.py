"""Answers to ad-hoc queries."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.lib import partitions
from slo.domain.budgets import Counts
from slo.domain.queries import query_of
from slo.models import ProbeResult, Sli
from slo.selectors.queries import MOST_LINES, Answer, answer
from slo.services import history
from slo.services.history import HourRow
from tests.factories.catalog import ServiceFactory
from tests.factories.slo import ProbeFactory, SliFactory, minutes

pytestmark = pytest.mark.django_db
Ask = Callable[..., Answer]


@pytest.fixture
def ask(alice: Any, actor_of: Callable[[Any], Any], now: datetime) -> Ask:
    return lambda **asked: answer(actor_of(alice), query_of({"last": "1h"} | asked, now=now))


def known(found: Answer) -> dict[str, list[float | None]]:
    """The lines without the steps that nobody measured."""
    return {label: [value for value in values if value is not None] for label, values in found.lines}


@pytest.fixture
def sli(service: Any, now: datetime) -> Sli:
    made: Sli = SliFactory(service=service, name="Answers")
    minutes(made, end=now, pairs=[(9, 10), (30, 30)])
    return made


@pytest.mark.parametrize(
    ("measure", "way", "values"),
    [
        ("events", "sum", [10, 30]),
        ("good", "sum", [9, 30]),
        ("bad", "sum", [1, 0]),
        ("events", "rate", [10 / 60, 0.5]),
        ("error_ratio", "share", [0.1, 0.0]),
    ],
)
def test_counts_are_put_together(sli: Sli, ask: Ask, measure: str, way: str, values: list[float]) -> None:
    assert known(ask(measure=measure, way=way)) == {"all": values}


def test_what_nobody_measured_is_none_and_not_zero(sli: Sli, ask: Ask) -> None:
    assert ask(measure="events", way="sum").lines[0][1][0] is None


def test_lines_are_split_by_a_label(sli: Sli, ask: Ask, team: Any, now: datetime) -> None:
    other = SliFactory(service=ServiceFactory(team=team, name="Search index", slug="search-index"))
    minutes(other, end=now, pairs=[(100, 100)])
    found = ask(measure="events", way="sum", by="service")
    assert list(known(found)) == ["Search index", "Checkout"]
    assert known(ask(measure="events", way="sum", service="checkout")) == {"all": [10, 30]}


def test_hours_are_read_where_minutes_are_gone(service: Any, ask: Ask, now: datetime) -> None:
    old = SliFactory(service=service)
    first = now - timedelta(days=20)
    history.set_hours(sli=old, hours=[HourRow(first, Counts(50, 60, 60))], now=now)
    assert known(ask(measure="bad", way="sum", last="30d")) == {"all": [10]}


@pytest.fixture
def runs(service: Any, now: datetime) -> None:
    probe = ProbeFactory(service=service, name="Home page")
    SliFactory(service=service, kind="probe", source="", probe=probe)
    partitions.ensure("slo_proberesult", now.date(), now.date())
    outcomes = [(True, ""), (True, ""), (False, "dns"), (False, "tls"), (False, "tls")]
    for number, (ok, phase) in enumerate(outcomes):
        at, latency = now - timedelta(seconds=30 - number), timedelta(milliseconds=100 * (number + 1))
        ProbeResult.objects.create(probe=probe, slot_at=at, at=at, ok=ok, latency=latency, phase=phase)


@pytest.mark.parametrize(
    ("measure", "way", "by", "lines"),
    [
        ("runs", "sum", "probe", {"Home page (Checkout)": [5]}),
        ("failures", "sum", "phase", {"tls": [2], "dns": [1], "none": [0]}),
        ("failure_ratio", "share", "none", {"all": [0.6]}),
        ("latency", "p50", "none", {"all": [150.0]}),
        ("latency", "max", "location", {"main": [200.0]}),
    ],
)
def test_runs_of_probes_are_put_together(
    runs: None, ask: Ask, measure: str, way: str, by: str, lines: dict[str, list[float]]
) -> None:
    assert known(ask(measure=measure, way=way, by=by)) == lines


def test_lines_beyond_the_most_are_left_out_and_counted(team: Any, ask: Ask, now: datetime) -> None:
    for number in range(MOST_LINES + 2):
        made = SliFactory(service=ServiceFactory(team=team, name=f"S{number}", slug=f"s{number}"))
        minutes(made, end=now, pairs=[(number, 100)])
    found = ask(measure="events", way="sum", by="service")
    assert (len(found.lines), found.left_out) == (MOST_LINES, 2)


def test_another_team_s_private_numbers_are_no_part_of_it(
    sli: Sli, team: Any, charlie: Any, actor_of: Callable[[Any], Any], now: datetime
) -> None:
    team.is_private = True
    team.save()
    assert answer(actor_of(charlie), query_of({"measure": "events", "last": "1h"}, now=now)).lines == []


def test_names_are_data_and_no_sql(sli: Sli, ask: Ask) -> None:
    assert ask(measure="events", way="sum", name="'; DROP TABLE slo_sli; --").lines == []
