from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from shortener.models import OrphanDay
from tests.factories.shortener import DomainFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]
URL = "/links/orphans/"


@pytest.fixture
def domain(team: Any) -> Any:
    return DomainFactory(team=team, name="go.example.com")


def visit(host: str, slug: str, visits: int, kind: str = "slug") -> None:
    OrphanDay.objects.create(day=timezone.now().date(), host=host, slug=slug, kind=kind, visits=visits)


def test_a_misprint_can_be_made_a_link(client_for: ClientFor, bob: Any, domain: Any) -> None:
    visit("go.example.com", "spirng", 12)
    page = client_for(bob).get(URL).content.decode()
    assert "go.example.com/spirng" in page
    assert "/links/new/?slug=spirng&amp;domain=go.example.com" in page


def test_the_form_of_a_new_link_takes_over_the_slug(client_for: ClientFor, bob: Any, domain: Any) -> None:
    DomainFactory(team=domain.team)
    page = client_for(bob).get("/links/new/", {"slug": "spirng", "domain": "go.example.com"}).content.decode()
    assert 'value="spirng"' in page
    assert '<option value="go.example.com" selected>' in page


def test_a_viewer_reads_but_makes_nothing(client_for: ClientFor, vera: Any, domain: Any) -> None:
    visit("go.example.com", "spirng", 12)
    page = client_for(vera).get(URL).content.decode()
    assert "go.example.com/spirng" in page
    assert "Create this link" not in page


def test_wrong_hosts_are_for_administrators(client_for: ClientFor, vera: Any, admin_user: Any) -> None:
    visit("evil.example", "x", 5, kind="host")
    assert "evil.example" in client_for(admin_user).get(URL).content.decode()
    assert "evil.example" not in client_for(vera).get(URL, {"kind": "host"}).content.decode()


def test_hostile_text_is_escaped(client_for: ClientFor, vera: Any, domain: Any) -> None:
    visit("go.example.com", "<script>alert(1)</script>", 5)
    assert "<script>alert" not in client_for(vera).get(URL).content.decode()


def test_another_teams_domain_is_not_told(client_for: ClientFor, charlie: Any, domain: Any) -> None:
    visit("go.example.com", "secret-launch", 5)
    assert "secret-launch" not in client_for(charlie).get(URL, {"host": "go.example.com"}).content.decode()


@pytest.mark.parametrize("query", [{}, {"days": "x"}, {"days": "7", "kind": "root"}, {"host": "\x00"}])
def test_without_visits_the_page_says_so(query: dict[str, str], client_for: ClientFor, vera: Any, domain: Any) -> None:
    response = client_for(vera).get(URL, query)
    assert response.status_code in {200, 400}
    assert "No orphan visits" in response.content.decode() or response.status_code == 400
