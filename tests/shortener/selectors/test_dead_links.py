from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from shortener.models import TargetCheck
from shortener.selectors import dead_links
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ROOT = Actor.system("test")


def dead(now: datetime, **fields: Any) -> TargetCheck:
    return TargetCheck.objects.create(link=LinkFactory(**fields), due_at=now, dead_since=now, status=404)


def slugs(actor: Actor, **asked: Any) -> set[str]:
    return {check.link.slug for check in dead_links.dead_links(actor, **asked)}


def test_teams_see_their_own(vera: Any, charlie: Any, team: Any, actor_of: Callable[..., Actor], now: datetime) -> None:
    dead(now, slug="ours", team=team)
    assert slugs(actor_of(vera)) == {"ours"}
    assert slugs(actor_of(charlie)) == set()
    assert slugs(ROOT) == {"ours"}


def test_the_list_is_narrowed(bob: Any, team: Any, actor_of: Callable[..., Actor], now: datetime) -> None:
    dead(now, slug="mine", team=team, created_by=bob)
    dead(now, slug="theirs", team=team, target="https://shop.example/")
    assert slugs(actor_of(bob), mine=True) == {"mine"}
    assert slugs(actor_of(bob), text="SHOP") == {"theirs"}


def test_what_is_stopped_or_alive_needs_no_repair(now: datetime) -> None:
    dead(now, state="disabled")
    TargetCheck.objects.create(link=LinkFactory(), due_at=now, failures=1)
    assert slugs(ROOT) == set()


def test_rows_say_everything_as_text(bob: Any, team: Any, now: datetime) -> None:
    dead(now, slug="a", team=team, created_by=bob, domain__name="go.example.com")
    row = dict(zip(dead_links.COLUMNS, next(iter(dead_links.rows(dead_links.dead_links(ROOT)))), strict=True))
    assert (row["short_url"], row["status"], row["owner"]) == ("http://go.example.com:8001/a", "404", bob.email)
    assert row["dead_since"] == "2026-03-04T12:00:00+00:00"
