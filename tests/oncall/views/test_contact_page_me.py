"""Paging oneself for real."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from oncall.models import Alert, Page
from tests.factories.accounts import UserFactory

ClientFor = Callable[[Any], Client]
URL = "/settings/contacts/page-me/"


def test_it_opens_a_test_alert_and_pages_its_author(client_for: ClientFor, bob: Any) -> None:
    answer = client_for(bob).post(URL)
    assert answer.headers["Location"] == f"/alerts/{Alert.objects.get().public_id}/"
    assert Page.objects.get().user == bob


def test_without_a_team_it_says_what_to_do(client_for: ClientFor, db: None) -> None:
    assert b"Join a team first" in client_for(UserFactory()).post(URL, follow=True).content
