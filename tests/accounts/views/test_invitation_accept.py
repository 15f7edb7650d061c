from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Membership, Team, User
from portal.accounts.services import invitations
from tests.factories.accounts import UserFactory

FORM = {"name": "Nora", "time_zone": "UTC", "password": "a long sentence", "again": "a long sentence"}


@pytest.fixture
def url(team: Team, now: datetime) -> Iterator[str]:
    actor = Actor.system("tests")
    asked = invitations.invite(actor=actor, team=team, email="nora@example.com", role=Role.VIEWER, now=now)
    with time_machine.travel(now, tick=False):
        yield asked.link.removeprefix("http://localhost:8000")


def test_a_stranger_with_the_link_makes_an_account(url: str, client: Client) -> None:
    assert client.post(url, FORM).status_code == 302
    user = User.objects.get(email="nora@example.com")
    assert user.check_password("a long sentence")
    assert Membership.objects.get(user=user).role == "viewer"


def test_the_link_works_once(url: str, client: Client) -> None:
    client.post(url, FORM)
    assert client.get(url).status_code == 410


def test_an_unknown_link_says_so(db: None, client: Client) -> None:
    page = client.get("/invitations/unknown/")
    assert page.status_code == 410
    assert b"does not work any more" in page.content


@pytest.mark.parametrize(
    ("change", "field"),
    [({"again": "another"}, "again"), ({"password": "short", "again": "short"}, "password"), ({"name": ""}, "name")],
)
def test_bad_input_loses_nothing(change: dict[str, str], field: str, url: str, client: Client) -> None:
    page = client.post(url, {**FORM, **change})
    assert field in page.context["form"].errors
    assert not User.objects.exists()


def test_a_person_with_an_account_only_joins(url: str, client: Client) -> None:
    user = UserFactory(email="nora@example.com")
    client.post(url)
    assert Membership.objects.filter(user=user).exists()
