import re
from typing import Any

import pytest
from django.test import Client

from shortener.models import AbuseReport, Link
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/report/"
SENT = {"address": "go.example.com/bad", "reason": "phishing", "text": "It asks for my password."}


@pytest.fixture
def link() -> Link:
    made: Link = LinkFactory(slug="bad", domain__name="go.example.com")
    return made


def test_anybody_may_report(client: Any, link: Link) -> None:
    response = client.post(URL, SENT)
    assert "Thank you" in response.content.decode()
    assert (AbuseReport.objects.get().link, AbuseReport.objects.get().text) == (link, SENT["text"])


def test_it_speaks_german_to_whoever_prefers_it(client: Any) -> None:
    response = client.get(URL, headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.8"})
    assert "Kurzlink melden" in response.content.decode()
    assert 'lang="de"' in response.content.decode()
    assert response.headers["Content-Language"] == "de"
    assert "Accept-Language" in response.headers["Vary"]


def test_everybody_else_reads_english(client: Any) -> None:
    assert "Report a short link" in client.get(URL, headers={"Accept-Language": "fr"}).content.decode()


def test_all_errors_are_told_and_nothing_is_lost(client: Any) -> None:
    sent = SENT | {"address": "other.example/x", "reason": "", "contact": "nobody"}
    response = client.post(URL, sent, headers={"Accept-Language": "de"})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("invalid-feedback") == 3
    assert "It asks for my password." in page
    assert 'value="other.example/x"' in page


def test_what_fills_the_hidden_field_is_thanked_and_forgotten(client: Any, link: Link) -> None:
    response = client.post(URL, SENT | {"website": "https://spam.example"})
    assert "Thank you" in response.content.decode()
    assert AbuseReport.objects.count() == 0


def test_who_reports_too_much_waits(client: Any, link: Link, settings: Any) -> None:
    settings.PORTAL_REPORTS_PER_CLIENT = "1/min"
    client.post(URL, SENT)
    response = client.post(URL, SENT)
    assert response.status_code == 429
    assert 0 < int(response.headers["Retry-After"]) <= 60
    assert "It asks for my password." in response.content.decode()


def test_the_address_may_come_with_the_link_to_the_page(client: Any) -> None:
    assert 'value="https://go/x&quot;"' in client.get(URL, {"link": 'https://go/x"'}).content.decode()


def test_a_form_of_another_site_is_refused(link: Link) -> None:
    assert Client(enforce_csrf_checks=True).post(URL, SENT).status_code == 403
    assert AbuseReport.objects.count() == 0


def test_the_page_works_with_its_own_token(link: Link) -> None:
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(URL).content.decode())
    assert client.post(URL, SENT | {"csrfmiddlewaretoken": token[1] if token else ""}).status_code == 200


@pytest.mark.parametrize("text", ["a\0b", "x" * 5000, "\u202e"])
def test_odd_text_is_answered(client: Any, link: Link, text: str) -> None:
    assert client.post(URL, SENT | {"text": text}).status_code in {200, 400, 422}
