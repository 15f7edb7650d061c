"""The preview while somebody types."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.oncall import arriving

ClientFor = Callable[[Any], Client]


@pytest.mark.usefixtures("stopped")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('severity="critical"', "<strong>1</strong> open now"),
        ("severity=info", "<strong>0</strong> open now"),
        ("severity", "Write name="),
    ],
)
def test_it_says_what_is_caught(client_for: ClientFor, vera: Any, team: Any, text: str, said: str) -> None:
    arriving(team)
    answer = client_for(vera).get(reverse("silence_preview"), {"team": team.slug, "matchers": text})
    assert said in answer.text


def test_a_team_that_is_not_there(client_for: ClientFor, vera: Any) -> None:
    assert client_for(vera).get(reverse("silence_preview"), {"team": "nobody"}).status_code == 404


def test_without_a_team_one_is_asked_for(client_for: ClientFor, vera: Any) -> None:
    assert b"Choose a team." in client_for(vera).get(reverse("silence_preview")).content
