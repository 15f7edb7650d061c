from datetime import datetime
from typing import Any

import pytest
from django.template.loader import render_to_string

from portal.accounts.domain.actors import Actor
from shortener.models import LinkTotal
from shortener.selectors import panels
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")


def test_the_most_followed_links_of_the_team_come_first(service: Any, team: Any, now: datetime) -> None:
    LinkFactory(team=team, slug="quiet")
    loud = LinkFactory(team=team, slug="loud")
    LinkFactory(slug="elsewhere")
    LinkTotal.objects.create(link_id=loud.pk, people=2, bots=1, last_click_at=now)
    rows = panels.service_panel(service, actor=SYSTEM, now=now)["rows"]
    assert [(row["link"].slug, row["clicks"]) for row in rows] == [("loud", 3), ("quiet", 0)]


def test_the_panel_shows_them(service: Any, team: Any, now: datetime) -> None:
    LinkFactory(team=team, title="Spring sale")
    context = panels.service_panel(service, actor=SYSTEM, now=now)
    assert "Spring sale" in render_to_string("shortener/_service_panel.html", {**context, "service": service})
