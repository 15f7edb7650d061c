from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shortener.forms.domains import domain_initial
from tests.factories.shortener import DomainFactory
from tests.shortener.pictures import png

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def sent(domain: Any, **changed: Any) -> dict[str, Any]:
    """What the form brings back when only `changed` was touched."""
    given = {name: "on" if value is True else value for name, value in domain_initial(domain).items() if value}
    return given | changed


def url(domain: Any) -> str:
    return f"/links/domains/{domain.public_id}/edit/"


def test_what_was_not_touched_stays(client_for: ClientFor, alice: Any, team: Any) -> None:
    domain = DomainFactory(team=team, pages={"unknown": {"title": "Lost?", "text": "Go home."}}, logo=png())
    client_for(alice).post(url(domain), sent(domain))
    domain.refresh_from_db()
    assert (domain.version, domain.pages["unknown"]["text"], bytes(domain.logo)) == (1, "Go home.", png())


def test_pages_privacy_and_logo_are_changed(client_for: ClientFor, alice: Any, team: Any) -> None:
    domain = DomainFactory(team=team)
    logo = SimpleUploadedFile("logo.png", png(4, 4))
    changed = {"expired_target": "https://example.org/over", "records_visitor": "", "logo": logo}
    client_for(alice).post(url(domain), sent(domain, **changed))
    domain.refresh_from_db()
    assert domain.pages == {"expired": {"target": "https://example.org/over"}}
    assert (domain.records_visitor, bytes(domain.logo), domain.version) == (False, png(4, 4), 2)


def test_the_logo_goes_when_asked(client_for: ClientFor, alice: Any, team: Any) -> None:
    domain = DomainFactory(team=team, logo=png())
    client_for(alice).post(url(domain), sent(domain, remove_logo="on"))
    domain.refresh_from_db()
    assert bytes(domain.logo) == b""


def test_a_change_over_somebody_elses_is_refused(client_for: ClientFor, alice: Any, team: Any) -> None:
    domain = DomainFactory(team=team, version=2)
    page = client_for(alice).post(url(domain), sent(domain, version="1", records_network=""))
    assert "Somebody else changed this" in page.content.decode()


def test_a_responder_may_not_and_an_outsider_finds_nothing(
    client_for: ClientFor, bob: Any, charlie: Any, team: Any
) -> None:
    domain = DomainFactory(team=team)
    assert client_for(bob).get(url(domain)).status_code == 403
    assert client_for(charlie).get(url(domain)).status_code == 404


def test_the_shared_domain_is_for_administrators(client_for: ClientFor, alice: Any, admin_user: Any) -> None:
    domain = DomainFactory()
    assert client_for(alice).get(url(domain)).status_code == 403
    assert client_for(admin_user).get(url(domain)).status_code == 200
