from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.lib.times import floor_hour
from shortener.models import ClickHour
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]


@pytest.mark.parametrize("tag", ["spring", "a/b", "50 % off", "größe"])
def test_a_tag_adds_up_its_links(tag: str, client_for: ClientFor, vera: Any, team: Any) -> None:
    for people in (20, 22):
        link = LinkFactory(team=team, tags=[tag])
        ClickHour.objects.create(link_id=link.pk, hour=floor_hour(timezone.now()), people=people)
    page = client_for(vera).get(reverse("stats_tag", args=[tag])).content.decode()
    assert '<div class="stat-value">42</div>' in page


def test_links_that_one_may_not_see_do_not_count(client_for: ClientFor, vera: Any, team: Any, other_team: Any) -> None:
    other_team.is_private = True
    other_team.save()
    LinkFactory(team=team, tags=["spring"])
    hidden = LinkFactory(team=other_team, tags=["spring"])
    ClickHour.objects.create(link_id=hidden.pk, hour=floor_hour(timezone.now()), people=77)
    assert '<div class="stat-value">77</div>' not in client_for(vera).get("/links/tags/spring/").content.decode()


@pytest.mark.parametrize("tag", ["winter", "a%00b"])
def test_a_tag_of_no_link_is_not_there(tag: str, client_for: ClientFor, vera: Any) -> None:
    assert client_for(vera).get(f"/links/tags/{tag}/").status_code in {400, 404}
