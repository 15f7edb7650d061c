import gzip
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.template import RequestContext, Template
from django.test import Client, RequestFactory

STATIC = Path(__file__).resolve().parents[2] / "static"
BUDGET = 250_000
pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client_for: Callable[[Any], Client], alice: Any) -> str:
    return client_for(alice).get("/help/").content.decode()


def test_a_page_weighs_less_than_its_budget(page: str) -> None:
    linked = set(re.findall(r'"/static/([^"#]+)', page))
    files = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in linked)
    assert files + len(gzip.compress(page.encode())) < BUDGET


def test_the_policy_allows_nothing_unsafe_and_no_other_host(client_for: Callable[[Any], Client], alice: Any) -> None:
    policy = client_for(alice).get("/help/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_page_has_one_heading_of_the_first_order_and_a_way_past_the_navigation(page: str) -> None:
    assert page.count("<h1") == 1
    assert '<a class="skip" href="#content">' in page
    assert 'id="content"' in page


def test_htmx_makes_no_inline_styles_and_evaluates_nothing(page: str) -> None:
    assert '"includeIndicatorStyles": false, "allowEval": false' in page


def test_the_main_navigation_is_on_every_page(page: str) -> None:
    assert '<nav aria-label="Main">' in page
    assert 'class="tabbar"' in page


def test_the_theme_of_the_cookie_is_on_the_page(client_for: Callable[[Any], Client], alice: Any) -> None:
    client = client_for(alice)
    client.cookies["theme"] = "dark"
    assert 'data-bs-theme="dark"' in client.get("/help/").content.decode()


def test_people_who_are_not_signed_in_get_no_navigation(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert "tabbar" not in page
    assert "<h1>Sign in</h1>" in page


def test_a_page_that_does_not_exist_says_what_to_do(client_for: Callable[[Any], Client], alice: Any) -> None:
    response = client_for(alice).get("/no/such/page/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_the_frame_leaves_the_names_of_a_page_alone(rf: RequestFactory, alice: Any) -> None:
    request = rf.get("/")
    vars(request)["user"] = alice
    source = '{% extends "base.html" %}{% block content %}[{{ items }}]{% endblock %}'
    assert "[mine]" in Template(source).render(RequestContext(request, {"items": "mine"}))
