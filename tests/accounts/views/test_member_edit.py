from collections.abc import Callable
from typing import Any

from django.urls import reverse

from portal.accounts.models import Membership, User


def url_of(user: User) -> str:
    return reverse("member_edit", args=["payments", user.public_id])


def test_a_manager_changes_a_role(alice: User, bob: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(alice).post(url_of(bob), {"role": "manager"}).status_code == 302
    assert Membership.objects.get(user=bob).role == "manager"


def test_the_last_manager_is_told_why_not(alice: User, client_for: Callable[[User], Any]) -> None:
    page = client_for(alice).post(url_of(alice), {"role": "viewer"})
    assert b"at least one manager" in page.content
    assert Membership.objects.get(user=alice).role == "manager"


def test_a_responder_may_not(bob: User, vera: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(bob).post(url_of(vera), {"role": "viewer"}).status_code == 403


def test_somebody_outside_is_404(alice: User, charlie: User, client_for: Callable[[User], Any]) -> None:
    assert client_for(alice).get(url_of(charlie)).status_code == 404
