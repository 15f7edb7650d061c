"""What the rulebook says of one alert, without a write."""

from datetime import datetime
from typing import Any

from oncall.models import Alert
from oncall.selectors import rulings
from oncall.selectors.rulebooks import Rulebook
from tests.factories.oncall import IntegrationFactory, RouteFactory, SilenceFactory


def of(team: Any, **changes: Any) -> Alert:
    return Alert(**({"team": team, "source": "probe", "title": "Restart", "severity": "critical"} | changes))


def test_without_rules_an_alert_stays_as_it_came(team: Any, now: datetime) -> None:
    found = rulings.ruling_of(Rulebook(now), of(team))
    assert (found.route, found.severity, found.group_key, found.repages) == (None, "critical", "", False)


def test_the_integration_says_when_quiet_is_the_end(team: Any, now: datetime) -> None:
    integration = IntegrationFactory(team=team, auto_resolve_minutes=5)
    found = rulings.ruling_of(Rulebook(now), of(team, integration=integration))
    assert found.resolves_after is not None
    assert found.resolves_after.total_seconds() == 300


def test_the_routes_of_the_sender_count_after_an_alert_was_handed_on(team: Any, other_team: Any, now: datetime) -> None:
    integration = IntegrationFactory(team=team)
    route = RouteFactory(team=team)
    assert rulings.ruling_of(Rulebook(now), of(other_team, integration=integration)).route == route


def test_maintenance_counts_before_a_silence(team: Any, now: datetime) -> None:
    SilenceFactory(team=team)
    window = SilenceFactory(team=team, is_maintenance=True, comment="Work")
    found = rulings.hold_of(Rulebook(now), of(team))
    assert found == rulings.Hold("maintenance", "Work", until=window.ends_at, silence_id=window.pk)
