from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import Link

pytestmark = pytest.mark.django_db


def test_a_person_who_makes_too_many_links_is_told_and_loses_nothing(
    client_for: Callable[[Any], Any], bob: Any, settings: Any
) -> None:
    settings.PORTAL_CREATIONS_PER_CLIENT = "0/day"
    sent = {"target": "https://example.org/kept", "team": "payments", "redirect_status": "302"}
    page = client_for(bob).post("/links/new/", sent)
    assert "Links per person: 0 per day" in page.content.decode()
    assert "https://example.org/kept" in page.content.decode()
    assert Link.objects.count() == 0
