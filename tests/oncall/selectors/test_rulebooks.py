"""The rules of a team are read once for many alerts."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert
from oncall.selectors import rulebooks
from oncall.selectors.rulebooks import Rulebook
from tests.factories.oncall import (
    InhibitionFactory,
    IntegrationFactory,
    PolicyFactory,
    RouteFactory,
    SilenceFactory,
)


def test_what_matchers_see_of_an_alert(team: Any, service: Any, now: datetime) -> None:
    integration = IntegrationFactory(team=team, name="Prometheus")
    alert = Alert(team=team, service=service, integration=integration, severity="info", labels={"team": "own"})
    found = Rulebook(now).labels_of(alert)
    assert (found["service"], found["integration"], found["team"]) == (service.slug, "Prometheus", "own")


def test_the_rules_are_read_once(team: Any, now: datetime, django_assert_num_queries: Any) -> None:
    RouteFactory(team=team)
    SilenceFactory(team=team)
    InhibitionFactory(team=team)
    rules, policy, alert = Rulebook(now).team(team.pk), PolicyFactory(team=team), Alert(team=team)
    for count in (4, 0):  # the routes, the silences, the inhibition rules, the policy
        with django_assert_num_queries(count):
            assert (len(rules.routes), len(rules.quiets), len(rules.inhibitors.rules)) == (1, 1, 1)
            assert rules.book.policy_of(alert) == policy


def test_a_match_is_told_once_a_minute(team: Any, now: datetime) -> None:
    recent = RouteFactory(team=team, last_matched_at=now - timedelta(seconds=59))
    route, book = RouteFactory(team=team, last_matched_at=now - timedelta(seconds=60)), Rulebook(now)
    for one in (recent, route):
        book.note_match(one)
    assert (book.newly_matched(), book.newly_matched()) == ([route.pk], [])


def test_silences_of_now_the_longest_first(team: Any, now: datetime) -> None:
    for hours in (1, 3):
        SilenceFactory(team=team, ends_at=now + timedelta(hours=hours), comment=f"{hours} h")
    SilenceFactory(team=team, ended_at=now)
    SilenceFactory(team=team, starts_at=now + timedelta(hours=1))
    assert [one.comment for one in Rulebook(now).team(team.pk).quiets] == ["3 h", "1 h"]


@pytest.mark.parametrize("rule", ["nonsense", "FREQ=HOURLY"])
def test_a_rule_that_cannot_be_read_holds_nothing(now: datetime, rule: str) -> None:
    assert rulebooks.span_at(SilenceFactory.build(rule=rule), now) is None
