import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_page_keeps_to_the_policy_and_brings_everything_along(
    client_for: Callable[[Any], Client], bob: Any
) -> None:
    page = client_for(bob).get("/api/v1/docs/").content.decode()
    sources = re.findall(r"(?:src|href)=\"([^\"]+)\"", page)
    assert len(sources) == 5
    assert all(source.startswith("/") for source in sources)
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*src=)", page)


def test_its_script_is_served_from_here(client_for: Callable[[Any], Client], bob: Any) -> None:
    response = client_for(bob).get("/api/v1/docs/?script=")
    assert response.headers["Content-Type"].startswith("application/javascript")
    assert b"SwaggerUIBundle" in response.content
