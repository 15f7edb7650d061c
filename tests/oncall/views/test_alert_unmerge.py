"""Taking a member out of its group."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from oncall.models import Alert
from tests.factories.oncall import arriving

ClientFor = Callable[[Any], Client]


def test_a_member_stands_alone_again(client_for: ClientFor, bob: Any, team: Any) -> None:
    arriving(team, "a", group_key="g")
    member = arriving(team, "b", group_key="g")
    client_for(bob).post(reverse("alert_unmerge", args=[member.public_id]))
    assert Alert.objects.get(pk=member.pk).lead is None


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, fired: Alert) -> None:
    assert client_for(vera).post(reverse("alert_unmerge", args=[fired.public_id])).status_code == 403
