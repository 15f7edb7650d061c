"""Routes and inhibition rules by the API."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import AlertRoute, InhibitionRule
from tests.factories.oncall import InhibitionFactory, PolicyFactory, RouteFactory, arriving

ApiFor = Callable[..., APIClient]
SCOPES = ("alerts:read", "alerts:write")
ROUTES, RULES = "/api/v1/alert-routes/", "/api/v1/inhibition-rules/"


def test_a_route_is_made_moved_and_deleted(api_for: ApiFor, team: Any, alice: Any, service: Any) -> None:
    api = api_for(*SCOPES, user=alice)
    RouteFactory(team=team, position=0, name="first")
    given = {"team": team.slug, "name": "Shop", "matchers": "app=shop", "service": service.slug, "group_by": ["app"]}
    made = api.post(ROUTES, given, format="json")
    assert (made.status_code, made.data["position"], made.data["service"]) == (201, 1, service.slug)
    moved = api.put(f"{ROUTES}{made.data['id']}/", given | {"position": 0}, format="json")
    assert (moved.status_code, moved.data["position"]) == (200, 0)
    assert len(api.get(ROUTES).data["items"]) == 2
    assert api.delete(f"{ROUTES}{made.data['id']}/").status_code == 204
    assert AlertRoute.objects.count() == 1


def test_what_belongs_to_another_team_is_named(api_for: ApiFor, team: Any, alice: Any, other_team: Any) -> None:
    given = {"team": team.slug, "name": "Shop", "policy": PolicyFactory(team=other_team).public_id}
    answer = api_for(*SCOPES, user=alice).post(ROUTES, given, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["policy"])


def test_a_rule_says_what_it_keeps_quiet(api_for: ApiFor, team: Any, alice: Any) -> None:
    arriving(team, "s", labels={"kind": "switch"})
    host = arriving(team, "h", labels={"kind": "host"})
    given = {"team": team.slug, "name": "Switch", "source": "kind=switch", "target": "kind=host"}
    api = api_for(*SCOPES, user=alice)
    made = api.post(RULES, given, format="json")
    assert (made.status_code, made.data["inhibits"]) == (201, [host.public_id])
    changed = api.put(f"{RULES}{made.data['id']}/", given | {"target": "kind=none"}, format="json")
    assert (changed.status_code, changed.data["inhibits"]) == (200, [])
    assert api.get(f"{RULES}{made.data['id']}/").data["name"] == api.get(RULES).data["items"][0]["name"]
    assert api.delete(f"{RULES}{made.data['id']}/").status_code == 204
    assert not InhibitionRule.objects.exists()


def test_a_responder_reads_and_changes_nothing(api_for: ApiFor, team: Any, bob: Any) -> None:
    route, rule = RouteFactory(team=team), InhibitionFactory(team=team)
    api = api_for(*SCOPES, user=bob)
    assert api.get(f"{ROUTES}{route.public_id}/").status_code == 200
    assert [
        api.delete(f"{ROUTES}{route.public_id}/").status_code,
        api.delete(f"{RULES}{rule.public_id}/").status_code,
    ] == [
        403,
        403,
    ]


@pytest.mark.parametrize("url", [ROUTES, RULES], ids=["route", "rule"])
def test_if_match_guards_what_somebody_else_changed(api_for: ApiFor, team: Any, alice: Any, url: str) -> None:
    api = api_for(*SCOPES, user=alice)
    sides = {"source": "a=b", "target": "c=d"} if url == RULES else {}
    given = {"team": team.slug, "name": "One", **sides}
    made = api.post(url, given, format="json")
    seen: dict[str, Any] = {"HTTP_IF_MATCH": made["ETag"]}
    changed, late = (api.put(f"{url}{made.data['id']}/", given, format="json", **seen) for _ in range(2))
    assert (changed.status_code, changed["ETag"], late.status_code) == (200, '"2"', 412)
