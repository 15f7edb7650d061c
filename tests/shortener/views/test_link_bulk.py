from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import Link
from shortener.services import bulk
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/links/bulk/"
Send = Callable[..., Any]


@pytest.fixture
def send(client_for: Callable[[Any], Any]) -> Send:
    """The page after a form was sent."""

    def post(person: Any, operation: str, *chosen: Link, **data: Any) -> str:
        data |= {"operation": operation, "links": [link.public_id for link in chosen]}
        return str(client_for(person).post(URL, data, follow=True).content.decode())

    return post


def tags_of(link: Link) -> list[str]:
    return list(Link.objects.get(pk=link.pk).tags)


def test_first_the_questions_of_the_operation(send: Send, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    page = send(bob, "tags", link)
    assert "Add or remove tags: 1 link" in page
    assert link.public_id in page


def test_then_what_would_happen_and_nothing_did(send: Send, bob: Any, team: Any, other_team: Any) -> None:
    ours, done, theirs = LinkFactory(team=team), LinkFactory(team=team, tags=["a"]), LinkFactory(team=other_team)
    page = send(bob, "tags", ours, done, theirs, step="preview", add="a", remove="")
    assert "Will change" in page
    assert "<dt>Add tags</dt>" in page
    assert "This needs the role responder in the team." in page
    assert "Add or remove tags: 1 link" in page
    assert tags_of(ours) == []


def test_then_it_is_done_and_each_link_has_its_result(send: Send, bob: Any, team: Any, other_team: Any) -> None:
    ours, done, theirs = LinkFactory(team=team), LinkFactory(team=team, tags=["a"]), LinkFactory(team=other_team)
    page = send(bob, "tags", ours, done, theirs, step="apply", add="A", remove="")
    assert all(word in page for word in (">Done<", ">Unchanged<", ">Refused<"))
    assert (tags_of(ours), tags_of(theirs)) == (["a"], [])


@pytest.mark.parametrize(
    ("operation", "data", "field", "value"),
    [
        ("disable", {}, "state", "disabled"),
        ("delete", {}, "state", "deleted"),
        ("edit", {"preview": "yes"}, "preview", True),
        ("edit", {"redirect_status": "301"}, "redirect_status", 301),
        ("edit", {"is_indexed": "no"}, "is_indexed", False),
    ],
)
def test_operations_do_what_they_say(
    operation: str, data: dict[str, str], field: str, value: Any, send: Send, bob: Any, team: Any
) -> None:
    link = LinkFactory(team=team, is_indexed=True)
    send(bob, operation, link, step="apply", **data)
    assert getattr(Link.objects.get(pk=link.pk), field) == value


def test_an_end_is_set_in_the_readers_zone_and_taken_away(send: Send, bob: Any, team: Any) -> None:
    bob.time_zone = "Asia/Tokyo"
    bob.save()
    link = LinkFactory(team=team)
    send(bob, "end", link, step="apply", expires_at="2030-01-01T09:00:00")
    assert str(Link.objects.get(pk=link.pk).expires_at) == "2030-01-01 00:00:00+00:00"
    send(bob, "end", link, step="apply", expires_at="")
    assert Link.objects.get(pk=link.pk).expires_at is None


def test_an_operation_without_questions_goes_to_the_confirmation(send: Send, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    page = send(bob, "delete", link)
    assert "Delete: 1 link" in page
    assert "For 30 days they can be restored" in page
    assert Link.objects.get(pk=link.pk).state == "active"


@pytest.mark.parametrize(("operation", "words"), [("tags", "at least one tag"), ("edit", "at least one of these")])
def test_empty_answers_are_asked_again(operation: str, words: str, send: Send, bob: Any, team: Any) -> None:
    assert words in send(bob, operation, LinkFactory(team=team), step="apply")


def test_all_on_the_page_are_those_that_the_page_showed(send: Send, bob: Any, team: Any) -> None:
    shown, other = LinkFactory(team=team), LinkFactory(team=team)
    page = send(bob, "disable", which="page", on_page=[shown.public_id])
    assert (shown.public_id in page, other.public_id in page) == (True, False)


def test_all_that_match_are_found_again_by_the_filter(send: Send, bob: Any, team: Any, other_team: Any) -> None:
    wanted, other = LinkFactory(team=team, tags=["a"]), LinkFactory(team=team)
    theirs = LinkFactory(team=other_team, tags=["a"])
    page = send(bob, "disable", which="matching", query="tag=a")
    assert [link.public_id in page for link in (wanted, other, theirs)] == [True, False, False]


def test_too_many_are_cut_and_it_says_so(send: Send, bob: Any, team: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "LIMIT", 2)
    LinkFactory.create_batch(3, team=team)
    page = send(bob, "disable", which="matching", query="")
    assert "Only the first 2 are taken at once" in page
    assert "Switch off: 2 links" in page


def test_links_are_restored_from_the_trash(send: Send, bob: Any, team: Any, now: Any) -> None:
    link = LinkFactory(team=team, state="deleted", deleted_at=now)
    assert "Restore: 1 link" in send(bob, "restore", link)
    send(bob, "restore", link, step="apply")
    assert Link.objects.get(pk=link.pk).state == "active"


@pytest.mark.parametrize(
    ("operation", "words"), [("", "Choose what to do."), ("explode", "Choose what to do."), ("delete", "at least one")]
)
def test_without_a_choice_it_leads_back_with_the_reason(operation: str, words: str, send: Send, bob: Any) -> None:
    assert words in send(bob, operation)


def test_private_links_of_others_are_not_touched_nor_told(send: Send, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    link = LinkFactory(team=team, slug="undisclosed")
    assert "undisclosed" not in send(charlie, "delete", link, step="apply")
    assert Link.objects.get(pk=link.pk).state == "active"


def test_opened_by_hand_it_leads_to_the_list(client_for: Any, bob: Any) -> None:
    assert client_for(bob).get(URL).headers["Location"] == "/links/"


def test_strangers_are_asked_to_sign_in(client: Any) -> None:
    assert client.post(URL).status_code == 302
