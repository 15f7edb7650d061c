"""Open alerts that keep others quiet are found by the labels in which both must agree."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oncall.domain.inhibition import Fact
from oncall.models import Alert
from oncall.selectors.inhibitors import Inhibitors
from oncall.selectors.rulebooks import Rulebook
from tests.factories.oncall import AlertFactory, InhibitionFactory

SWITCH, HOST = {"kind": "switch", "rack": "r1"}, {"kind": "host", "rack": "r1"}


def of(team: Any, now: datetime, *expected: dict[str, str]) -> Inhibitors:
    found = Rulebook(now).team(team.pk).inhibitors
    if expected:
        found.expect(expected)
    return found


@pytest.fixture
def switch(team: Any) -> Alert:
    InhibitionFactory(team=team)
    made: Alert = AlertFactory(team=team, labels=SWITCH)
    return made


@pytest.mark.parametrize("expected", [(), (HOST,), (SWITCH, {"rack": "r9"})], ids=["whole", "host", "two"])
def test_an_inhibitor_is_found_however_little_is_read(
    team: Any, switch: Alert, now: datetime, expected: tuple[dict[str, str], ...]
) -> None:
    assert of(team, now, *expected).inhibitor(Fact(0, HOST)) == ("Switch down", switch.pk)
    assert of(team, now, *expected).inhibitor(Fact(0, HOST | {"rack": "r2"})) is None


def test_labels_that_were_not_expected_are_read_as_well(team: Any, switch: Alert, now: datetime) -> None:
    found = of(team, now, {"rack": "r9"})
    assert found.inhibitor(Fact(0, {"kind": "host", "rack": "r9"})) is None
    assert found.inhibitor(Fact(0, HOST)) == ("Switch down", switch.pk)


def test_a_label_that_both_lack_is_equal(team: Any, now: datetime) -> None:
    InhibitionFactory(team=team)
    switch = AlertFactory(team=team, labels={"kind": "switch"})
    found = of(team, now, {"kind": "host", "rack": ""}).inhibitor(Fact(0, {"kind": "host"}))
    assert found == ("Switch down", switch.pk)


def test_expected_labels_are_read_once(team: Any, switch: Alert, now: datetime) -> None:
    found = of(team, now, HOST, HOST | {"rack": "r2"})
    with CaptureQueriesContext(connection) as queries:
        for rack in ("r1", "r2", "r1"):
            found.inhibitor(Fact(0, HOST | {"rack": rack}))
    assert len(queries) == 2 + 1  # the rules, the open alerts; and once the slug of the team


def test_a_source_tells_whom_it_keeps_quiet(team: Any, switch: Alert, now: datetime) -> None:
    host = AlertFactory(team=team, labels=HOST)
    for changes in (
        {"held_by": "silenced"},
        {"labels": HOST | {"rack": "r2"}},
        {"status": "resolved", "resolved_at": now},
    ):
        AlertFactory(team=team, **{"labels": HOST, **changes})
    assert of(team, now, SWITCH).note(switch) == {host.pk}


def test_two_that_match_both_sides_leave_each_other_alone_but_not_a_pure_source(team: Any, now: datetime) -> None:
    InhibitionFactory(team=team, target=[{"name": "net", "op": "=", "value": "yes"}])
    first, second = (AlertFactory(team=team, labels=SWITCH | {"net": "yes"}) for _ in range(2))
    found = of(team, now)
    assert (found.note(first), found.note(second)) == (set(), set())
    assert found.note(AlertFactory(team=team, labels=SWITCH)) == {first.pk, second.pk}


def test_an_alert_that_ends_inhibits_no_more(team: Any, switch: Alert, now: datetime) -> None:
    found = of(team, now)
    assert found.inhibitor(Fact(0, HOST)) is not None
    found.forget(switch.pk)
    assert found.inhibitor(Fact(0, HOST)) is None
