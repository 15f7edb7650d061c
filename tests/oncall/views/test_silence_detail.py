"""One silence and what it holds."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.oncall import SilenceFactory, arriving

ClientFor = Callable[[Any], Client]


@pytest.mark.usefixtures("stopped")
def test_it_shows_what_it_holds_and_who_may_end_it(client_for: ClientFor, bob: Any, vera: Any, team: Any) -> None:
    silence = SilenceFactory(team=team)
    alert = arriving(team)
    page = reverse("silence_detail", args=[silence.public_id])
    assert reverse("alert_detail", args=[alert.public_id]) in client_for(vera).get(page).text
    assert ["End it now" in client_for(one).get(page).text for one in (bob, vera)] == [True, False]


def test_one_that_is_not_there(client_for: ClientFor, vera: Any) -> None:
    assert client_for(vera).get(reverse("silence_detail", args=["sil_none"])).status_code == 404
