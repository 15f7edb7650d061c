"""The page of ad-hoc queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from slo.models import SavedQuery
from tests.factories.slo import SliFactory, minutes

pytestmark = pytest.mark.django_db
URL = "/queries/"
BAD = "?measure=bad&way=sum&by=service&last=1h"


@pytest.fixture
def counted(service: Any) -> None:
    end = timezone.now().replace(second=0, microsecond=0)
    minutes(SliFactory(service=service, name="=Answers"), end=end, pairs=[(8, 10)])


def test_an_answer_is_a_graph_with_links_to_its_files(
    client_for: Callable[[Any], Client], vera: Any, counted: None
) -> None:
    text = client_for(vera).get(URL + BAD).content.decode()
    assert "Bad events, sum by service" in text
    assert "/queries/csv/?measure=bad&amp;way=sum&amp;by=service&amp;from=" in text


def test_what_cannot_be_asked_is_said_at_its_field(client_for: Callable[[Any], Client], vera: Any) -> None:
    text = client_for(vera).get(URL + "?measure=latency&way=sum").content.decode()
    assert "Choose one of p50, p90" in text


def test_nothing_measured_says_what_to_do(client_for: Callable[[Any], Client], vera: Any) -> None:
    assert "Nothing was measured" in client_for(vera).get(URL).content.decode()


def test_a_query_is_kept_for_a_team(client_for: Callable[[Any], Client], bob: Any, counted: None) -> None:
    answer = client_for(bob).post(URL + BAD, {"keep-title": "Bad today", "keep-team": "payments"})
    assert answer.status_code == 302
    assert SavedQuery.objects.get().asked["measure"] == "bad"


def test_a_viewer_is_offered_nothing_to_keep(client_for: Callable[[Any], Client], vera: Any, counted: None) -> None:
    client = client_for(vera)
    assert "Keep this query" not in client.get(URL + BAD).content.decode()
    client.post(URL + BAD, {"keep-title": "Bad today", "keep-team": "payments"})
    assert SavedQuery.objects.count() == 0
