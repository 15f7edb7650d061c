from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.chat.services import graphs
from portal.chat.services.answers import answer
from portal.chat.services.asker import Asker
from portal.lib.errors import Gone
from tests.chat.conftest import ACCOUNT
from tests.factories.slo import watched_slo

pytestmark = pytest.mark.django_db
Say = Callable[[str], str]
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def slo(team: Any, now: datetime) -> Any:
    return watched_slo(end=now, pairs=[(9, 10)] * 30, service__team=team, service__slug="shop", name="Shop works")


def _token(asker: Asker, text: str) -> str:
    reply = answer(text, account=ACCOUNT, asker=asker, now=asker.now)
    return reply.image_url.rsplit("/", 1)[1].removesuffix(".png")


@pytest.mark.parametrize("series", ["shop", '"Shop works"', "bad:rate shop", "error_ratio"])
def test_a_series_is_answered_with_a_picture(asker: Asker, slo: Any, series: str) -> None:
    found = graphs.graph_of(_token(asker, f"graph {series} 1h"), now=asker.now)
    assert graphs.picture(found).startswith(PNG)


def test_the_picture_shows_the_same_hours_whenever_it_is_opened(asker: Asker, slo: Any) -> None:
    token = _token(asker, "graph shop 1h")
    first, later = (graphs.graph_of(token, now=at).query for at in (asker.now, asker.now + timedelta(days=1)))
    assert (first.start, first.end) == (later.start, later.end)


def test_nothing_measured_is_said_instead_of_an_empty_picture(say: Say, team: Any) -> None:
    assert say("graph nonsense 7d").startswith("Nothing was measured for")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("graph", "Say what"),
        ("graph 24h", "Say what"),
        ("graph bad:p99 shop", "Choose"),
        ("graph shop 3000d", "3000d is no range. Ranges: 1h"),
        ("graph shpo 7d", "Did you mean shop?"),
    ],
)
def test_a_question_that_makes_no_sense_is_answered_in_words(say: Say, slo: Any, text: str, answer: str) -> None:
    assert answer in say(text)


def test_a_forged_address_shows_nothing(now: datetime) -> None:
    with pytest.raises(Gone):
        graphs.graph_of("forged", now=now)


def test_the_picture_of_somebody_who_left_is_gone(asker: Asker, slo: Any) -> None:
    found = graphs.graph_of(_token(asker, "graph shop 1h"), now=asker.now)
    asker.user.is_active = False
    asker.user.save()
    with pytest.raises(Gone):
        graphs.picture(found)
