from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from shortener.models import Segment
from shortener.services import clicks
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db


def path(link: Any, suffix: str = "") -> str:
    return f"/go/{link.domain.name}/{link.slug}{suffix}"


def test_a_preview_shows_the_target_and_no_statistics(client: Any) -> None:
    link = LinkFactory(title="Launch")
    page = client.get(path(link, "+"))
    assert page.status_code == 200
    assert link.target in page.content.decode()
    assert "Clicks" not in page.content.decode()
    assert not Segment.objects.exists()


def test_a_link_with_a_preview_of_its_own_shows_it_first_and_then_leads_on(client: Any) -> None:
    link = LinkFactory(preview=True)
    assert client.get(path(link)).status_code == 200
    assert client.get(path(link, "?continue=1")).headers["Location"] == link.target


def test_following_redirects_and_is_counted_by_the_drain(client: Any) -> None:
    link = LinkFactory(redirect_status=307)
    response = client.get(path(link), headers={"User-Agent": "curl/8"})
    assert (response.status_code, response.headers["Location"]) == (307, link.target)
    assert clicks.drain(now=timezone.now()).clicks == 1


def test_a_head_redirects_and_is_no_click(client: Any) -> None:
    assert client.head(path(LinkFactory())).status_code == 302
    assert not Segment.objects.exists()


@pytest.mark.parametrize(("state", "status"), [("disabled", 410), ("banned", 451), ("deleted", 404)])
def test_a_link_that_does_not_work_says_why(state: str, status: int, client: Any) -> None:
    assert client.get(path(LinkFactory(state=state))).status_code == status


def test_an_expired_link_is_gone_even_in_its_preview(client: Any) -> None:
    link = LinkFactory(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(path(link, "+")).status_code == 410


def test_an_expired_link_leads_to_where_its_owner_said(client: Any) -> None:
    link = LinkFactory(expires_at=timezone.now() - timedelta(seconds=1), expired_target="https://example.org/over")
    assert client.get(path(link)).headers["Location"] == "https://example.org/over"


@pytest.mark.parametrize("address", ["/go/nowhere.example/x", "/go/nowhere.example/x+", "/go/a/b%20x"])
def test_what_is_no_link_is_not_found(address: str, client: Any) -> None:
    assert client.get(address).status_code == 404
