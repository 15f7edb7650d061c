from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import Link

pytestmark = pytest.mark.django_db


def test_a_token_that_makes_too_many_links_waits(api_for: Callable[..., Any], settings: Any) -> None:
    settings.PORTAL_CREATIONS_PER_TOKEN = "2/day"
    api = api_for("links:create")
    answers = [api.post("/api/v1/links/", {"target": "https://example.org/"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert int(answers[2].headers["Retry-After"]) > 0
    assert "Links per token: 2 per day" in answers[2].json()["detail"]
    assert Link.objects.count() == 2
