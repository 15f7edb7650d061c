"""Routes send alerts where they belong, the first match decides; rules of inhibition act on what is open."""

from datetime import datetime
from typing import Any

import pytest

from oncall.domain.matchers import parse
from oncall.models import Alert, AlertRoute
from oncall.services import routes
from oncall.services.routes import InhibitionFields, RouteFields
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from tests.factories.oncall import InhibitionFactory, IntegrationFactory, PolicyFactory, RouteFactory, arriving

PERSON = Actor(kind="user", label="Alice")


def test_the_first_match_decides_where_an_alert_goes(team: Any, service: Any) -> None:
    policy = PolicyFactory(team=team, is_default=False)
    RouteFactory(team=team, matchers=[{"name": "app", "op": "=", "value": "other"}], severity="info")
    RouteFactory(team=team, service=service, policy=policy)
    RouteFactory(team=team, severity="info")
    alert = arriving(team, labels={"app": "shop"})
    assert (alert.service, alert.policy, alert.severity) == (service, policy, "critical")


def test_a_route_may_change_the_class_and_repeats_keep_it(team: Any) -> None:
    RouteFactory(team=team, severity="info")
    assert [arriving(team).severity, arriving(team).severity] == ["info", "info"]


def test_a_route_of_an_integration_is_for_it_alone(team: Any) -> None:
    integration = IntegrationFactory(team=team)
    RouteFactory(team=team, integration=integration, severity="info")
    assert arriving(team, "a").severity == "critical"
    assert arriving(team, "b", integration_id=integration.pk).severity == "info"


def test_an_integration_has_a_policy_of_its_own(team: Any) -> None:
    policy = PolicyFactory(team=team, is_default=False)
    integration = IntegrationFactory(team=team, policy=policy)
    assert arriving(team, integration_id=integration.pk).policy == policy


def test_a_route_groups_by_its_labels(team: Any) -> None:
    RouteFactory(team=team, group_by=["app"])
    first = arriving(team, "a", labels={"app": "x"})
    assert arriving(team, "b", source="other", labels={"app": "x"}).lead_id == first.pk


def test_a_new_route_stands_behind_the_others(team: Any, now: datetime) -> None:
    made = [routes.save_route(actor=PERSON, team_id=team.pk, fields=RouteFields(name), now=now) for name in "ab"]
    assert [route.position for route in made] == [0, 1]


@pytest.mark.parametrize(("to", "order"), [(0, "cab"), (1, "acb"), (2, "abc"), (99, "abc")])
def test_a_route_moves(team: Any, now: datetime, to: int, order: str) -> None:
    rows = [RouteFactory(team=team, name=name, position=place) for place, name in enumerate("abc")]
    for _ in range(2):
        routes.move_route(actor=PERSON, route=rows[2], to=to, now=now)
    assert "".join(AlertRoute.objects.values_list("name", flat=True)) == order


def test_saving_and_deleting_is_audited(team: Any, now: datetime) -> None:
    route = routes.save_route(actor=PERSON, team_id=team.pk, fields=RouteFields("a"), now=now)
    routes.save_route(actor=PERSON, team_id=team.pk, fields=RouteFields("b"), route=route, now=now)
    routes.delete_route(actor=PERSON, route=route, now=now)
    actions = AuditEntry.objects.filter(target_type="oncall.alertroute").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["route.created", "route.updated", "route.deleted"]


def test_all_that_is_wrong_is_named_at_once(team: Any, now: datetime) -> None:
    fields = RouteFields("a", severity="bad", group_by=("",))
    with pytest.raises(Invalid) as caught:
        routes.save_route(actor=PERSON, team_id=team.pk, fields=fields, now=now)
    assert sorted(caught.value.fields) == ["group_by", "severity"]


def test_a_new_rule_holds_what_is_open_and_its_end_lets_go(team: Any, now: datetime) -> None:
    arriving(team, "switch", labels={"kind": "switch"})
    host = arriving(team, "host", labels={"kind": "host"})
    fields = InhibitionFields("Switch", parse("kind=switch"), parse("kind=host"))
    rule = routes.save_inhibition(actor=PERSON, team_id=team.pk, fields=fields, now=now)
    assert Alert.objects.get(pk=host.pk).held_by == "inhibited"
    routes.delete_inhibition(actor=PERSON, rule=rule, now=now)
    assert (Alert.objects.get(pk=host.pk).held_by, host.runs.filter(status="active").count()) == ("", 1)


def test_a_rule_without_matchers_would_mean_everything(team: Any, now: datetime) -> None:
    rule, fields = InhibitionFactory(team=team), InhibitionFields("All", (), ())
    with pytest.raises(Invalid) as caught:
        routes.save_inhibition(actor=PERSON, team_id=team.pk, fields=fields, rule=rule, now=now)
    assert sorted(caught.value.fields) == ["source", "target"]
