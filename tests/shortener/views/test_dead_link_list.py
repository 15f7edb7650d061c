from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import TargetCheck
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def dead(now: datetime, **fields: Any) -> TargetCheck:
    return TargetCheck.objects.create(link=LinkFactory(**fields), due_at=now, dead_since=now, error="No answer.")


def page(client: Any, query: str = "") -> str:
    text: str = client.get(f"/dead-links/{query}").content.decode()
    return text


def test_dead_links_are_listed_with_a_way_to_repair_them(
    client_for: ClientFor, bob: Any, team: Any, now: datetime
) -> None:
    check = dead(now, team=team)
    shown = page(client_for(bob))
    assert f"/links/{check.link.public_id}/edit/" in shown
    assert "No answer." in shown


def test_a_viewer_sees_them_without_buttons(client_for: ClientFor, vera: Any, team: Any, now: datetime) -> None:
    check = dead(now, team=team)
    shown = page(client_for(vera))
    assert check.link.target in shown
    assert "Check again" not in shown


def test_outsiders_see_none(client_for: ClientFor, charlie: Any, team: Any, now: datetime) -> None:
    dead(now, team=team)
    assert "Nothing to repair" in page(client_for(charlie))


def test_the_list_can_be_narrowed(client_for: ClientFor, bob: Any, team: Any, now: datetime) -> None:
    dead(now, team=team)
    assert "No dead link matches" in page(client_for(bob), "?mine=on")


def test_it_says_when_checks_are_off(client_for: ClientFor, bob: Any, settings: Any) -> None:
    settings.PORTAL_DEAD_LINK_CHECKS = False
    assert "Checks are switched off" in page(client_for(bob))
