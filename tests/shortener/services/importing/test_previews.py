from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import Link
from shortener.services.importing import previews
from tests.factories.shortener import DomainFactory, LinkFactory
from tests.shortener.services.importing.helpers import SHLINK, uploaded

ActorOf = Callable[[Any], Any]


@pytest.fixture
def bobs(actor_of: ActorOf, bob: Any) -> Any:
    return actor_of(bob)


def test_rows_are_shown_as_they_will_be_and_nothing_is_written(bobs: Any, team: Any, now: datetime) -> None:
    preview = previews.preview_of(actor=bobs, job=uploaded(bobs, team, SHLINK, now), now=now)
    first = preview.rows[0]
    assert (first.action, first.slug, first.target, list(first.tags), first.visits) == (
        "create",
        "abc",
        "https://example.org/a",
        ["mail", "spring"],
        7,
    )
    assert not Link.objects.exists()


def test_counts_tell_conflicts_and_repeats(bobs: Any, team: Any, now: datetime) -> None:
    domain = DomainFactory(is_default=True)
    LinkFactory(slug="abc", domain=domain, team=team, target="https://example.org/a")
    LinkFactory(slug="def", domain=domain, team=team, target="https://example.org/other")
    preview = previews.preview_of(actor=bobs, job=uploaded(bobs, team, SHLINK, now), now=now)
    assert dict(preview.counts) == {"unchanged": 1, "fail": 1}


def test_a_long_file_is_looked_at_in_part(bobs: Any, team: Any, now: datetime) -> None:
    text = "url\n" + "".join(f"https://example.org/{n}\n" for n in range(2_005))
    preview = previews.preview_of(actor=bobs, job=uploaded(bobs, team, text, now), now=now)
    assert (len(preview.rows), preview.checked, preview.counts["create"]) == (20, 2_000, 2_000)


def test_each_column_is_shown_with_its_first_value(bobs: Any, team: Any, now: datetime) -> None:
    preview = previews.preview_of(
        actor=bobs, job=uploaded(bobs, team, "url,a\nhttps://b.example/,\nx,y\n", now), now=now
    )
    assert preview.samples == {"url": "https://b.example/", "a": "y"}
