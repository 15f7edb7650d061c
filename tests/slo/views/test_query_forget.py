"""Forgetting a kept query."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from slo.models import SavedQuery

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(team: Any) -> str:
    saved = SavedQuery.objects.create(team=team, name="Bad", asked={}, author="Bob", created_at=timezone.now())
    return f"/queries/{saved.public_id}/forget/"


def test_a_responder_forgets_it(client_for: Callable[[Any], Client], bob: Any, url: str) -> None:
    assert client_for(bob).post(url).status_code == 302
    assert SavedQuery.objects.count() == 0


def test_a_viewer_may_not(client_for: Callable[[Any], Client], vera: Any, url: str) -> None:
    assert client_for(vera).post(url).status_code == 403
    assert SavedQuery.objects.count() == 1


def test_a_private_team_s_query_is_not_there_for_others(
    client_for: Callable[[Any], Client], charlie: Any, url: str, team: Any
) -> None:
    team.is_private = True
    team.save()
    assert client_for(charlie).post(url).status_code == 404
