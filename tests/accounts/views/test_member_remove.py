from collections.abc import Callable
from typing import Any

from django.urls import reverse

from portal.accounts.models import Membership, User


def url_of(user: User) -> str:
    return reverse("member_remove", args=["payments", user.public_id])


def test_the_page_asks_first(alice: User, bob: User, client_for: Callable[[User], Any]) -> None:
    assert b"Remove from the team" in client_for(alice).get(url_of(bob)).content
    assert Membership.objects.filter(user=bob).exists()


def test_a_manager_removes(alice: User, bob: User, client_for: Callable[[User], Any]) -> None:
    client_for(alice).post(url_of(bob))
    assert not Membership.objects.filter(user=bob).exists()


def test_a_viewer_leaves(vera: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(vera).post(url_of(vera))["Location"] == reverse("team_list")
    assert not Membership.objects.filter(user=vera).exists()


def test_a_responder_removes_nobody(bob: User, vera: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(bob).post(url_of(vera)).status_code == 403


def test_the_last_manager_stays_and_is_told_why(alice: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).post(url_of(alice), follow=True)
    assert "at least one manager" in page.content.decode()
    assert Membership.objects.filter(user=alice).exists()
