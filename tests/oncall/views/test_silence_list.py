"""What is silenced now, what is coming and what is past."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.oncall import SilenceFactory

ClientFor = Callable[[Any], Client]
DAY = timedelta(days=1)


@pytest.mark.usefixtures("stopped")
def test_silences_stand_under_their_state(client_for: ClientFor, vera: Any, team: Any, now: datetime) -> None:
    SilenceFactory(team=team, comment="Now it is")
    SilenceFactory(team=team, comment="Soon", starts_at=now + DAY, ends_at=now + 2 * DAY)
    SilenceFactory(team=team, comment="Gone", starts_at=now - 2 * DAY, ends_at=now - DAY)
    text = client_for(vera).get(reverse("silence_list")).text
    assert text.index("Now it is") < text.index("Coming") < text.index("Soon") < text.index("Past") < text.index("Gone")


def test_an_empty_list_says_what_to_do(client_for: ClientFor, bob: Any) -> None:
    assert "Nothing is silenced" in client_for(bob).get(reverse("silence_list")).text


def test_it_is_narrowed_to_a_service(client_for: ClientFor, bob: Any, team: Any, service: Any) -> None:
    SilenceFactory(team=team, comment="Elsewhere")
    assert "Elsewhere" not in client_for(bob).get(reverse("silence_list"), {"service": service.slug}).text


@pytest.mark.parametrize(("rule", "words"), [("FREQ=WEEKLY", "every week, by"), ("FREQ=DAILY;COUNT=3", "COUNT=3, by")])
def test_the_usual_rules_are_said_in_words(client_for: ClientFor, bob: Any, team: Any, rule: str, words: str) -> None:
    SilenceFactory(team=team, rule=rule)
    assert words in client_for(bob).get(reverse("silence_list")).text
