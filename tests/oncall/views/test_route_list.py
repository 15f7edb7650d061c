"""Routes in their order, rules of inhibition, and the tester."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories.oncall import InhibitionFactory, PolicyFactory, RouteFactory, arriving

ClientFor = Callable[[Any], Client]
SHOP = [{"name": "app", "op": "=", "value": "shop"}]


def test_a_viewer_reads_and_changes_nothing(client_for: ClientFor, vera: Any, alice: Any, team: Any) -> None:
    route = RouteFactory(team=team, name="Shop", matchers=SHOP)
    page, edit = reverse("route_list", args=[team.slug]), reverse("route_edit", args=[route.public_id])
    assert "app=&quot;shop&quot;" in client_for(vera).get(page).text
    assert [edit in client_for(one).get(page).text for one in (vera, alice)] == [False, True]


def test_a_route_says_when_it_last_matched(client_for: ClientFor, vera: Any, team: Any) -> None:
    RouteFactory(team=team)
    page = reverse("route_list", args=[team.slug])
    assert "has matched nothing yet" in client_for(vera).get(page).text
    arriving(team)
    assert "last matched" in client_for(vera).get(page).text


def test_the_tester_says_where_labels_would_go(client_for: ClientFor, vera: Any, team: Any) -> None:
    RouteFactory(team=team, name="Shop", matchers=SHOP, policy=PolicyFactory(team=team, name="Night shift"))
    page = reverse("route_list", args=[team.slug])
    text = client_for(vera).get(page, {"labels": "app=shop"}).text
    assert "<strong>Shop</strong>" in text
    assert "<strong>Night shift</strong>" in text
    assert "No route matches" in client_for(vera).get(page, {"labels": "app=cart"}).text
    assert "Write name=" in client_for(vera).get(page, {"labels": "app"}).text


def test_a_rule_shows_what_it_keeps_quiet(client_for: ClientFor, vera: Any, team: Any) -> None:
    InhibitionFactory(team=team)
    arriving(team, "s", labels={"kind": "switch"}, title="Switch is down")
    arriving(team, "h", labels={"kind": "host"}, title="Host is away")
    text = client_for(vera).get(reverse("route_list", args=[team.slug])).text
    assert text.index("Host is away") < text.index("Switch is down")


def test_nothing_yet_says_what_routes_are_for(client_for: ClientFor, alice: Any, team: Any) -> None:
    text = client_for(alice).get(reverse("route_list", args=[team.slug])).text
    assert "No routes" in text
    assert "No inhibition rules" in text


def test_the_tester_takes_values_only(client_for: ClientFor, vera: Any, team: Any) -> None:
    answer = client_for(vera).get(reverse("route_list", args=[team.slug]), {"labels": 'app=~"shop.*"'})
    assert "an alert has values" in answer.text
