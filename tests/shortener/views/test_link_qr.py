from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import DomainFactory, LinkFactory
from tests.shortener.pictures import png

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def shown(browser: Any, link: Any, **query: str) -> str:
    page: str = browser.get(f"/links/{link.public_id}/qr/", query).content.decode()
    return page


def test_the_page_shows_the_code_and_both_downloads(client_for: ClientFor, vera: Any, team: Any) -> None:
    link = LinkFactory(team=team, slug="launch")
    page = shown(client_for(vera), link)
    assert f'src="/links/{link.public_id}/qr.svg?' in page
    assert 'download="launch.png"' in page


def test_options_reach_the_picture(client_for: ClientFor, vera: Any, team: Any) -> None:
    page = shown(client_for(vera), LinkFactory(team=team), size="1024", level="Q", dark="#112233")
    assert "size=1024&amp;level=Q&amp;dark=%23112233" in page


def test_errors_stand_at_their_fields(client_for: ClientFor, vera: Any, team: Any) -> None:
    page = shown(client_for(vera), LinkFactory(team=team), size="512", margin="99", dark="#fefefe")
    assert "Give a whole number from 0 to 20." in page
    assert "Scanners need a dark colour" in page
    assert "/qr.svg?&quot;" not in page


def test_a_logo_can_be_left_out(client_for: ClientFor, vera: Any, team: Any) -> None:
    link = LinkFactory(team=team, domain=DomainFactory(logo=png()))
    browser = client_for(vera)
    assert 'name="logo"' in shown(browser, link)
    assert "logo=false" in shown(browser, link, size="512")
    assert "logo=true" in shown(browser, link, size="512", logo="on")


def test_a_private_link_is_not_found_by_others(client_for: ClientFor, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    assert client_for(charlie).get(f"/links/{LinkFactory(team=team).public_id}/qr/").status_code == 404
