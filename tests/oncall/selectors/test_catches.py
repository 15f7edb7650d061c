"""Before something is silenced its author sees what that would catch."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.domain import matchers
from oncall.selectors import catches
from tests.factories.oncall import NOON, AlertFactory, InhibitionFactory, SilenceFactory, arriving, over

HOUR = timedelta(hours=1)
CRITICAL = matchers.parse("severity=critical")


def test_a_preview_counts_now_and_the_week(team: Any, other_team: Any, now: datetime) -> None:
    arriving(team, "old")
    over("old")
    open_one = arriving(team, "open")
    arriving(team, "warning", severity="warning")
    arriving(other_team, "theirs")
    AlertFactory(team=team, started_at=now - timedelta(days=8), status="resolved", resolved_at=now)
    found = catches.preview(team.pk, CRITICAL, None, now)
    assert (found.now, found.now_count, found.week_count) == ([open_one], 1, 2)
    assert (found.titles, found.is_cut) == ([("Restart the checkout", 2)], False)


def test_a_preview_of_a_service(team: Any, service: Any, now: datetime) -> None:
    arriving(team, "a", service_id=service.pk)
    arriving(team, "b")
    assert catches.preview(team.pk, (), service.pk, now).now_count == 1


def test_the_labels_of_an_alert_catch_it(team: Any, now: datetime) -> None:
    alert = arriving(team, labels={"pod": "a", "zone": "b"})
    assert matchers.text_of(catches.prefilled(alert)) == 'pod="a", zone="b"'
    assert catches.preview(team.pk, catches.prefilled(alert), None, now).now == [alert]


def test_an_alert_without_labels_is_caught_by_its_title(team: Any, now: datetime) -> None:
    alert = arriving(team)
    assert catches.preview(team.pk, catches.prefilled(alert), None, now).now == [alert]


@pytest.mark.parametrize(
    ("hours", "changes", "state"),
    [
        (-1, {}, "coming"),
        (1, {}, "active"),
        (2, {}, "past"),
        (1, {"ended_at": NOON}, "past"),
        (3, {"rule": "FREQ=DAILY"}, "coming"),
        (25, {"rule": "FREQ=DAILY"}, "active"),
        (72, {"rule": "FREQ=DAILY;COUNT=2"}, "past"),
        (72, {"rule": "nonsense"}, "past"),
    ],
    ids=["before", "in", "after", "ended", "between", "again", "last", "broken"],
)
def test_the_state_of_a_silence(now: datetime, hours: int, changes: dict[str, Any], state: str) -> None:
    silence = SilenceFactory.build(**changes)
    assert catches.listed(silence, now + hours * HOUR).state == state


def test_what_a_rule_inhibits_now(team: Any, now: datetime) -> None:
    rule = InhibitionFactory(team=team)
    switch = arriving(team, "s", labels={"kind": "switch", "rack": "r"})
    host = arriving(team, "h", labels={"kind": "host", "rack": "r"})
    assert catches.inhibited_now(rule, now) == [(host, switch)]
