from collections.abc import Callable
from datetime import datetime
from typing import Any

from portal.accounts.models import AuditEntry
from shortener.domain import slugs
from shortener.models import Link
from shortener.services import links
from tests.factories.shortener import DomainFactory
from tests.shortener.services.importing.helpers import imported

ActorOf = Callable[[Any], Any]
IGNORED = {"id", "public_id", "slug", "key"}


def test_an_imported_link_is_stored_and_audited_like_one_that_was_made_by_hand(
    actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    given = {"target": "https://example.org/a", "title": "T", "tags": ["mail"]}
    links.create_link(actor=actor_of(bob), team_id=team.pk, values=given, slug="hand", now=now)
    imported(actor_of(bob), team, "url,slug,title,tags\nhttps://example.org/a,file,T,mail\n", now)
    hand, file = (dict(row) for row in Link.objects.order_by("pk").values())
    assert {name for name in hand if hand[name] != file[name]} <= IGNORED
    made = AuditEntry.objects.filter(action="link.created").order_by("pk").values_list("changes", flat=True)
    assert {**made[0], "slug": None} == {**made[1], "slug": None}


def test_a_row_without_a_slug_gets_a_random_one_of_the_domain(
    actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    domain = DomainFactory(case_sensitive=False)
    imported(actor_of(bob), team, "url\nhttps://example.org/a\n", now, domain=domain)
    link = Link.objects.get()
    assert (len(link.slug), link.slug, link.key) == (slugs.LENGTH, link.slug.lower(), link.slug)
