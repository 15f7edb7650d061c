import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.views.defaults import server_error

from portal.lib.errors import Conflict

PAGES = {
    "400.html": "The request cannot be read",
    "403.html": "This is not yours to do",
    "404.html": "There is nothing here",
    "429.html": "Too many requests",
}


@pytest.mark.parametrize("name", sorted(PAGES))
def test_an_error_page_needs_no_context_and_leads_somewhere(name: str) -> None:
    page = render_to_string(name)
    assert PAGES[name] in page
    assert page.count("<h1") == 1
    assert 'class="btn btn-primary" href="/"' in page


def test_the_page_of_a_fault_works_without_a_database_or_a_session() -> None:
    response = server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"The portal failed to answer" in response.content


def test_a_refusal_says_why_and_names_its_fields() -> None:
    error = Conflict("The slug is taken.", fields={"slug": ["Choose another one."]})
    page = render_to_string("portal/error.html", {"error": error})
    assert "The slug is taken." in page
    assert "slug: Choose another one." in page
    assert "Status 409" in page
