"""Snippets for pipelines."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def test_the_snippets_are_those_of_the_service(service: Any, vera: Any, client_for: Any) -> None:
    page = client_for(vera).get("/releases/snippets/?service=checkout").content.decode()
    assert all(text in page for text in ("GitHub Actions", "GitLab CI", "SERVICE: checkout", "/v2/change/enqueue"))


@pytest.mark.parametrize("query", ["", "?service=nothing"])
def test_without_a_service_it_works_as_well(vera: Any, client_for: Any, query: str) -> None:
    assert client_for(vera).get(f"/releases/snippets/{query}").status_code == 200
