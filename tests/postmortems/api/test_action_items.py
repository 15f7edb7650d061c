from collections.abc import Callable
from typing import Any

from tests.factories.postmortems import ActionItemFactory, postmortem

ApiFor = Callable[..., Any]
URL = "/api/v1/action-items/"


def test_an_item_is_added(api_for: ApiFor, team: Any, bob: Any) -> None:
    given = {"postmortem": postmortem(team=team).public_id, "title": "Refuse", "type": "prevent"}
    response = api_for("postmortems:write").post(URL, {**given, "owner": bob.public_id})
    assert (response.status_code, response.json()["owner"]) == (201, bob.public_id)


def test_wrong_references_are_named(api_for: ApiFor, team: Any) -> None:
    api, given = api_for("postmortems:write"), {"title": "Refuse", "type": "prevent"}
    assert "postmortem" in api.post(URL, {**given, "postmortem": "pmt_none"}).json()["errors"]
    known = postmortem(team=team).public_id
    assert "owner" in api.post(URL, {**given, "postmortem": known, "owner": "usr_none"}).json()["errors"]


def test_the_list_is_narrowed(api_for: ApiFor, team: Any) -> None:
    made = postmortem(team=team)
    ActionItemFactory(team=team, postmortem=made, title="Late", due_on="2020-01-01")
    ActionItemFactory(team=team, postmortem=made, due_on=None)
    items = api_for("postmortems:read").get(URL, {"show": "overdue"}).json()["items"]
    assert [item["title"] for item in items] == ["Late"]


def test_one_is_read(api_for: ApiFor, team: Any) -> None:
    item = ActionItemFactory(team=team, postmortem=postmortem(team=team))
    assert api_for("postmortems:read").get(f"{URL}{item.public_id}/").json()["owner"] is None


def test_a_state_is_changed_and_nothing_else(api_for: ApiFor, team: Any, bob: Any) -> None:
    item = ActionItemFactory(team=team, postmortem=postmortem(team=team), owner=bob)
    body = api_for("postmortems:write").patch(f"{URL}{item.public_id}/", {"state": "done"}).json()
    assert (body["state"], body["owner"]) == ("done", bob.public_id)


def test_not_doing_needs_a_reason(api_for: ApiFor, team: Any) -> None:
    item = ActionItemFactory(team=team, postmortem=postmortem(team=team))
    response = api_for("postmortems:write").patch(f"{URL}{item.public_id}/", {"state": "not_doing"})
    assert list(response.json()["errors"]) == ["reason"]
