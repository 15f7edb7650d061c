"""Nothing of a private team is told to anybody outside of it, on any page and in any answer of the API."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.leaks.pages import content
from tests.leaks.routes import MODERATED, UNTEAMED, routes, status
from tests.leaks.secret import WORD, Secret

pytestmark = pytest.mark.xdist_group("leaks_outsiders")  # ten seconds a test: never the last ones of a run

OUTSIDERS = ["outsider", "anonymous", "program"]
UNSEEN = [404, 405]


@pytest.fixture(params=OUTSIDERS)
def outside(request: Any, secret: Secret, visitor: Callable[..., Any], program: Callable[..., Any]) -> Any:
    """Somebody outside: (who, client)."""
    if request.param == "program":
        return request.param, program(secret.outsider, secret.outsider.memberships.get().team)
    return request.param, visitor(secret.outsider if request.param == "outsider" else None)


def told(client: Any, path: str, words: list[str]) -> list[str]:
    """What the answer to a GET tells of the secret, or its status where that is a defect."""
    answer = client.get(path, {"q": WORD}), client.get(path)
    texts = [content(one) for one in answer]
    found = [f"{path} tells {word}" for word in words if any(word.encode() in text for text in texts)]
    return found + [f"{path} answers {one.status_code}" for one in answer if one.status_code >= 500]


def test_no_page_list_search_or_report_tells_of_a_private_team(secret: Secret, outside: Any) -> None:
    _, client = outside
    open_ones = [f"/services/{secret.open_service.slug}/", f"/incidents/{secret.open_incident.public_id}/"]
    open_ones += [f"/postmortems/{secret.open_postmortem.public_id}/", "/oncall/?weeks=4", "/releases/?days=90"]
    open_ones += [f"/api/v1/services/{secret.open_service.public_id}/", "/status/api/v2/summary.json"]
    open_ones += [f"/status/incidents/{secret.open_incident.public_id}/"]
    open_ones += [
        f"/api/v1/incidents/{secret.open_incident.public_id}/{more}" for more in ("", "timeline/", "updates/")
    ]
    open_ones += [f"/api/v1/services/{secret.open_service.public_id}/{more}/" for more in ("dependencies", "gate")]
    open_ones += [f"/api/v1/postmortems/{secret.open_postmortem.public_id}/"]
    paths = [route.path for route in routes(secret) if not route.has_arguments] + open_ones
    assert "\n".join(line for path in paths for line in told(client, path, secret.words)) == ""


def test_every_private_object_is_not_there_for_whoever_is_outside(secret: Secret, outside: Any) -> None:
    who, client = outside
    addressed = [route for route in routes(secret) if route.has_arguments and route.name not in UNTEAMED]
    found = [(route.name, method, status(client, route, method)) for route in addressed for method in route.methods]
    assert [one for one in found if one[2] not in refusals(who, one[0])] == []


def refusals(who: str, name: str) -> list[int]:
    """How an outsider may be refused: somebody unknown is sent to sign in, and moderators' things are for nobody."""
    if name in MODERATED and who != "anonymous":
        return [403, 405] + [302] * (who == "program")
    return UNSEEN + ([302, 401] if who == "anonymous" or (who == "program" and not name.startswith("api_")) else [])


def test_a_private_incident_of_an_open_team_is_not_there_either(secret: Secret, outside: Any) -> None:
    who, client = outside
    secret.incident, secret.entry = secret.hidden, secret.hidden_entry
    addressed = [route for route in routes(secret) if "incident" in route.name and route.has_arguments]
    found = [(route.name, method, status(client, route, method)) for route in addressed for method in route.methods]
    assert [one for one in found if one[2] not in refusals(who, one[0])] == []
