"""Where labels would go is said by the code that sends alerts there."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from oncall.models import Alert
from oncall.selectors import route_tests
from portal.lib.errors import NotFound
from tests.factories.oncall import IntegrationFactory, PolicyFactory, RouteFactory, SilenceFactory


def test_a_verdict_saves_nothing(team: Any, now: datetime) -> None:
    policy = PolicyFactory(team=team)
    route = RouteFactory(team=team, policy=policy)
    SilenceFactory(team=team)
    found = route_tests.verdict(team.pk, {"app": "shop"}, None, now)
    assert (found.ruling.route, found.policy, found.hold is None, found.foretold is None) == (
        route,
        policy,
        False,
        False,
    )
    assert not Alert.objects.exists()


def test_a_class_that_is_not_walked_for_pages_nobody(team: Any, now: datetime) -> None:
    PolicyFactory(team=team)
    found = route_tests.verdict(team.pk, {"severity": "info"}, IntegrationFactory(team=team), now)
    assert (found.ruling.severity, found.foretold) == ("info", None)


def test_what_is_not_there(team: Any, vera: Any, actor_of: Callable[[Any], Any]) -> None:
    for find in (route_tests.get_route, route_tests.get_inhibition):
        with pytest.raises(NotFound):
            find(actor_of(vera), "x")
