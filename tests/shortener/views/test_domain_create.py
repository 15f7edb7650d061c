from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shortener.models import Domain
from tests.shortener.pictures import png

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
URL = "/links/domains/new/"


def test_a_manager_adds_a_domain(client_for: ClientFor, alice: Any, team: Any) -> None:
    logo = SimpleUploadedFile("logo.png", png(), content_type="text/html")
    given = {"name": "Go.Example.com", "team": team.slug, "records_device": "on", "root_target": "https://example.org"}
    page = client_for(alice).post(URL, {**given, "logo": logo}, follow=True).content.decode()
    domain = Domain.objects.get()
    assert (domain.name, domain.team, domain.case_sensitive, bytes(domain.logo)) == (
        "go.example.com",
        team,
        False,
        png(),
    )
    assert (domain.records_device, domain.records_network, domain.root_target) == (True, False, "https://example.org/")
    assert "go.example.com. CNAME localhost." in page


def test_all_errors_stand_at_their_fields_and_nothing_is_lost(client_for: ClientFor, alice: Any, team: Any) -> None:
    logo = SimpleUploadedFile("logo.png", b"no image")
    given = {"name": "x", "team": team.slug, "unknown_target": "data:x", "expired_title": "Kept", "logo": logo}
    page = client_for(alice).post(URL, given).content.decode()
    assert "Give the full name" in page
    assert "Only http:// and https://" in page
    assert "Give a PNG or JPEG image." in page
    assert 'value="Kept"' in page


def test_only_an_administrator_opens_one_to_all_teams(client_for: ClientFor, alice: Any, admin_user: Any) -> None:
    client_for(alice).post(URL, {"name": "a.example.com"})
    client_for(admin_user).post(URL, {"name": "b.example.com"})
    assert [(domain.name, domain.team) for domain in Domain.objects.all()] == [("b.example.com", None)]


def test_a_responder_adds_none(client_for: ClientFor, bob: Any, team: Any) -> None:
    client_for(bob).post(URL, {"name": "a.example.com", "team": team.slug})
    assert not Domain.objects.exists()


@pytest.mark.parametrize("text", ["\0", "\ufffe", "x" * 5000])
def test_odd_texts_are_no_error_of_the_server(text: str, client_for: ClientFor, alice: Any, team: Any) -> None:
    names = ("name", "team", "root_target", "unknown_title", "expired_text", "version", "logo")
    answers = [client_for(alice).post(URL, {"name": "a.example.com", "team": team.slug, name: text}) for name in names]
    assert {answer.status_code for answer in answers} <= {200, 302}
