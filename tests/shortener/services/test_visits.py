from datetime import datetime
from typing import Any

import pytest

from shortener.models import LinkTotal
from shortener.services import clicks, visits
from tests.factories.shortener import FIREFOX, LinkFactory


@pytest.mark.django_db
def test_visits_of_the_portal_are_drained_like_those_of_edges(now: datetime) -> None:
    link = LinkFactory()
    told: dict[str, Any] = {"referrer": "", "user_agent": FIREFOX, "address": "", "language": ""}
    for _ in range(2):
        visits.record_visit(link=link, status=302, host="localhost", now=now, **told)
    assert clicks.drain(now=now).clicks == 2
    assert LinkTotal.objects.get(link_id=link.pk).people == 2
