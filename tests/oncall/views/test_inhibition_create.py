"""A new rule of inhibition."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import InhibitionRule

ClientFor = Callable[[Any], Client]
GIVEN = {"name": "Switch", "source": "kind=switch", "target": "kind=host", "equal": "rack"}


def test_a_manager_makes_a_rule(client_for: ClientFor, alice: Any, team: Any) -> None:
    client_for(alice).post(reverse("inhibition_create", args=[team.slug]), GIVEN)
    assert InhibitionRule.objects.get().equal == ["rack"]


def test_both_sides_are_needed(client_for: ClientFor, alice: Any, team: Any) -> None:
    answer = client_for(alice).post(reverse("inhibition_create", args=[team.slug]), GIVEN | {"source": ""})
    assert "This field is required" in answer.text


def test_a_responder_may_not(client_for: ClientFor, bob: Any, team: Any) -> None:
    assert client_for(bob).post(reverse("inhibition_create", args=[team.slug]), GIVEN).status_code == 403
