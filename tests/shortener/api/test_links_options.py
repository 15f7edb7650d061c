from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password

from shortener.models import Link
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/links/"
PHONES = [{"type": "device", "values": ["phone"]}]
Api = Callable[..., Any]


def test_a_password_is_taken_and_never_told(api_for: Api) -> None:
    api = api_for("links:read", "links:write")
    made = api.post(URL, {"target": "https://example.org/", "password": " open sesame "})
    url = f"{URL}{made.json()['id']}/"
    assert made.json()["has_password"] is True
    assert "sesame" not in made.content.decode() + api.get(url).content.decode()
    assert check_password(" open sesame ", Link.objects.get().password_hash)
    assert api.patch(url, {"password": None}).json()["has_password"] is False


def test_rules_are_checked_numbered_and_kept_in_their_canonical_form(api_for: Api) -> None:
    given = {"target": "https://example.org/", "rules": [{"conditions": PHONES, "target": "HTTPS://M.example.org"}]}
    body = api_for("links:write").post(URL, given).json()
    assert body["rules"] == [{"id": 1, "name": "", "conditions": PHONES, "target": "https://m.example.org/"}]
    assert Link.objects.get().target_hosts == ["example.org", "m.example.org"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rules", {}),
        ("rules", [{"target": "javascript:alert(1)"}]),
        ("rules", [{"target": "https://a.example/", "conditions": [{"type": "moon"}]}]),
        ("rules", [{"target": "https://\0.example/"}]),
        ("max_visits", 0),
        ("max_visits", 2**40),
        ("max_visits", "many"),
        ("password", "x" * 1001),
        ("forward_path", "perhaps"),
        ("is_indexed", None),
        ("has_password", True),
        ("target_hosts", []),
        ("password_hash", "x"),
    ],
)
def test_a_bad_option_is_named(name: str, value: Any, api_for: Api) -> None:
    response = api_for("links:write").post(URL, {"target": "https://example.org/", name: value}, format="json")
    assert (response.status_code, set(response.json()["errors"])) == (422, {name})


def test_an_archived_domain_takes_no_links(api_for: Api, now: datetime) -> None:
    DomainFactory(name="gone.example.com", archived_at=now)
    response = api_for("links:write").post(URL, {"target": "https://example.org/", "domain": "gone.example.com"})
    assert (response.status_code, set(response.json()["errors"])) == (422, {"domain"})


def test_a_suggestion_is_free_by_the_domains_case_rule(api_for: Api) -> None:
    domain = DomainFactory(name="go.example.com", case_sensitive=False)
    for slug in ("SALE", "Sale-2"):
        LinkFactory(domain=domain, slug=slug, key=slug.lower())
    given = {"target": "https://example.org/", "domain": "go.example.com", "slug": "sale"}
    response = api_for("links:write").post(URL, given)
    assert (response.status_code, '"sale-3" is free' in response.json()["detail"]) == (409, True)
