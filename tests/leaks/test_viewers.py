"""Whoever may only view reads all of a private team and writes none of it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.leaks.pages import content
from tests.leaks.routes import Route, routes, status
from tests.leaks.secret import KEPT, WORD, Secret

SHOWN = ["/links/", "/slos/", "/probes/", "/releases/", "/alerts/", "/oncall/", "/incidents/", "/postmortems/"]
SHOWN += ["/action-items/", "/services/", "/settings/teams/", "/search/", "/reports/incidents.csv", "/"]
SHOWN += [f"/api/v1/{name}/" for name in ("services", "links", "slos", "probes", "releases", "alerts", "schedules")]
SHOWN += [f"/api/v1/{name}/" for name in ("incidents", "postmortems", "action-items", "teams", "escalation-policies")]
SHOWN += ["/links/domains/", "/links/utm-templates/", "/links/trash/", "/links/imports/", "/links/analytics/"]
SHOWN += ["/links/usage/", "/webhooks/", "/dead-links/", "/dead-links/links-to-repair.csv"]
SHOWN += [f"/api/v1/{name}/" for name in ("domains", "utm-templates", "webhooks", "dead-links", "links/trash")]

CHANGE = ["post", "patch", "delete", "put"]
OWN = {"token_revoke", "api_token", "time_off_cancel"}
OWN_ENDED = {"api_time_off"}
CALCULATED = {"api_link_test", "api_escalation_policy_preview", "api_schedule_change_preview"}
"""POST only because of its body: it answers a question, and keeps nothing."""

NOT_THEIRS = [*OWN, "api_audit_entry", "status_incident"]
CHECKED_FIRST = {f"api_{name}" for name in ("member", "members", "dependencies", "schedule_swaps")}
CHECKED_FIRST |= {f"api_incident_{name}" for name in ("timeline", "updates", "roles", "all_clear")}
BODIES: dict[str, dict[str, Any]] = {
    "api_members": {"email": "new@example.com", "role": "manager"},
    "api_service_accounts": {"team": "TEAM", "name": "robot", "role": "manager"},
    "api_services": {"team": "TEAM", "name": "New", "slug": "new", "tier": 2},
    "api_links": {"team": "TEAM", "target": "https://example.org/"},
    "api_domains": {"team": "TEAM", "name": "new.example.com"},
    "api_webhooks": {"team": "TEAM", "url": "https://hooks.example.org/"},
    "api_utm_templates": {"team": "TEAM", "name": "Spring"},
    "api_webhook": {"note": "Mine"},
    "api_incidents": {"service": "SERVICE", "title": "New", "severity": 2},
    "api_incident_timeline": {"text": "A note"},
    "api_postmortem": {"title": "Mine"},
    "api_postmortems": {"team": "TEAM", "title": "Mine"},
    "api_release_list": {"service": "SERVICE", "version": "2"},
}


def test_a_viewer_reads_all_of_a_private_team(secret: Secret, visitor: Callable[..., Any]) -> None:
    client = visitor(secret.viewer)
    assert [path for path in SHOWN if KEPT.encode() not in content(client.get(path, {"q": WORD}))] == []


def test_no_read_of_a_viewer_is_refused(secret: Secret, visitor: Callable[..., Any]) -> None:
    client = visitor(secret.viewer)
    found = {route.name: client.get(route.path).status_code for route in routes(secret)}
    assert {name: status for name, status in found.items() if status == 404} == dict.fromkeys(NOT_THEIRS, 404)


def test_no_form_and_no_resource_lets_a_viewer_write(secret: Secret, visitor: Callable[..., Any]) -> None:
    client = visitor(secret.viewer)
    writes = [(route, method) for route in routes(secret) if written(route) for method in route.methods]
    found = {(route.name, method): status(client, route, method) for route, method in writes if method in CHANGE}
    assert {asked: answer for asked, answer in found.items() if answer not in refusals(asked[0])} == {}


def written(route: Route) -> bool:
    """Whether it is about an object of the team; the collections and one's own things take what a person may write."""
    return route.has_arguments and route.name not in OWN | OWN_ENDED | CALCULATED


def refusals(name: str) -> list[int]:
    """A page refuses before it reads the form; a resource may first say that a body is no good, or has no such way."""
    return [403, 422] if name in CHECKED_FIRST else [403, 405]


@pytest.mark.parametrize(("name", "body"), BODIES.items())
def test_a_viewer_is_refused_with_a_good_body_too(
    secret: Secret, program: Callable[..., Any], name: str, body: dict[str, Any]
) -> None:
    route = next(route for route in routes(secret) if route.name == name)
    client = program(secret.viewer)
    method = client.post if "post" in route.methods else client.patch
    assert method(route.path, filled(body, secret), format="json").status_code == 403


def filled(body: dict[str, Any], secret: Secret) -> dict[str, Any]:
    """The body with the ids of the team's things in their places."""
    ids = {"TEAM": secret.team.slug, "SERVICE": secret.service.slug}
    return {key: ids.get(value, value) if isinstance(value, str) else value for key, value in body.items()}
