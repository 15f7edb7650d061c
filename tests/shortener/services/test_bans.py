from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import PermissionDenied
from shortener.exceptions import AlreadyBanned, InvalidBan, OwnerIsBanned
from shortener.models import Ban, Link, LinkChange
from shortener.services import bans
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ROOT = Actor.system("test")


def ban(kind: str, value: str, now: datetime) -> Ban:
    return bans.create_ban(actor=ROOT, kind=kind, value=value, reason="Phishing.", now=now)


def banned() -> set[str]:
    return set(Link.objects.exclude(ban=None).values_list("slug", flat=True))


def to(*hosts: str, **fields: Any) -> Link:
    made: Link = LinkFactory(target_hosts=list(hosts), **fields)
    return made


def test_a_link_is_banned_by_id_or_short_address(now: datetime) -> None:
    first = to("a.org", slug="one", domain__name="go.example.com")
    to("a.org", slug="two", domain=first.domain)
    ban("link", first.public_id, now)
    ban("link", "https://GO.example.com/two", now)
    assert banned() == {"one", "two"}


def test_a_host_is_banned_with_its_subdomains(now: datetime) -> None:
    to("evil.org", slug="itself")
    to("login.evil.org", slug="below")
    to("fine.org", "evil.org", slug="among-others")
    to("notevil.org", slug="other")
    to("evil.org.fine.com", slug="disguised")
    ban("host", "https://EVIL.org./login", now)
    assert banned() == {"itself", "below", "among-others"}


def test_an_owner_is_a_person_or_a_team(bob: Any, team: Any, now: datetime) -> None:
    to("a.org", slug="of-bob", created_by=bob)
    to("a.org", slug="of-team", team=team)
    to("a.org", slug="of-others")
    ban("owner", "BOB@example.com", now)
    assert banned() == {"of-bob"}
    ban("owner", team.slug, now)
    assert banned() == {"of-bob", "of-team"}


def test_links_keep_their_state_and_show_as_banned(now: datetime) -> None:
    link = to("evil.org", state="disabled")
    ban("host", "evil.org", now)
    link.refresh_from_db()
    assert (link.state, link.state_at(now)) == ("disabled", "banned")


def test_tombstones_are_left_alone(now: datetime) -> None:
    to("evil.org", state="deleted")
    ban("host", "evil.org", now)
    assert banned() == set()


def test_every_link_is_published_by_as_many_statements_as_one(now: datetime) -> None:
    for number in range(20):
        to("evil.org", slug=f"s{number}")
    to("other.org")
    LinkChange.objects.all().delete()
    with CaptureQueriesContext(connection) as many:
        made = ban("host", "evil.org", now)
    with CaptureQueriesContext(connection) as one:
        ban("host", "other.org", now)
    assert len(many) == len(one)
    assert LinkChange.objects.count() == 21
    assert AuditEntry.objects.get(action="ban.created", target_id=made.public_id).changes["links"] == [None, 20]


def test_a_links_history_tells_of_the_ban_and_its_end(now: datetime) -> None:
    link = to("evil.org")
    made = ban("host", "evil.org", now)
    bans.lift_ban(actor=ROOT, ban=made, now=now)
    told = AuditEntry.objects.filter(target_id=link.public_id).order_by("pk")
    assert [entry.action for entry in told] == ["link.banned", "link.unbanned"]
    assert told[0].changes == {"ban": [None, "Phishing."]}


def test_lifting_gives_the_links_back(now: datetime) -> None:
    to("evil.org", slug="one")
    made = ban("host", "evil.org", now)
    LinkChange.objects.all().delete()
    bans.lift_ban(actor=ROOT, ban=made, now=now)
    bans.lift_ban(actor=ROOT, ban=made, now=now)
    assert banned() == set()
    assert LinkChange.objects.count() == 1
    assert AuditEntry.objects.filter(action="ban.lifted").count() == 1


def test_a_link_that_two_bans_fit_is_free_when_both_are_lifted(bob: Any, now: datetime) -> None:
    to("evil.org", slug="one", created_by=bob)
    first, second = ban("host", "evil.org", now), ban("owner", bob.public_id, now)
    bans.lift_ban(actor=ROOT, ban=first, now=now)
    assert Link.objects.get().ban == second
    assert not AuditEntry.objects.filter(action="link.unbanned").exists()
    bans.lift_ban(actor=ROOT, ban=second, now=now)
    assert banned() == set()


def test_the_same_ban_twice_is_refused_and_after_lifting_it_is_not(now: datetime) -> None:
    made = ban("host", "evil.org", now)
    with pytest.raises(AlreadyBanned):
        ban("host", "EVIL.org", now)
    bans.lift_ban(actor=ROOT, ban=made, now=now)
    assert ban("host", "evil.org", now).pk != made.pk


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("host", "com"),
        ("host", "no host"),
        ("host", ""),
        ("link", "lnk_nothing"),
        ("owner", "nobody"),
        ("owner", "a\0"),
    ],
)
def test_what_names_nothing_is_an_error_of_the_field(kind: str, value: str, now: datetime) -> None:
    with pytest.raises(InvalidBan) as refused:
        bans.create_ban(actor=ROOT, kind=kind, value=value, reason="", now=now)
    assert set(refused.value.fields) == {"value", "reason"}


def test_an_unknown_kind_is_an_error_of_the_field(now: datetime) -> None:
    with pytest.raises(InvalidBan) as refused:
        ban("planet", "mars", now)
    assert set(refused.value.fields) == {"kind"}


def test_only_administrators_may(alice: Any, actor_of: Callable[..., Actor], now: datetime) -> None:
    made = ban("host", "evil.org", now)
    with pytest.raises(PermissionDenied):
        bans.create_ban(actor=actor_of(alice), kind="host", value="a.org", reason="x", now=now)
    with pytest.raises(PermissionDenied):
        bans.lift_ban(actor=actor_of(alice), ban=made, now=now)


def test_a_banned_person_and_a_banned_team_make_no_links(
    alice: Any, bob: Any, team: Any, actor_of: Callable[..., Actor], now: datetime
) -> None:
    bans.require_free(actor=actor_of(bob), team_id=team.pk)
    made = ban("owner", bob.public_id, now)
    with pytest.raises(OwnerIsBanned):
        bans.require_free(actor=actor_of(bob), team_id=team.pk)
    bans.require_free(actor=actor_of(alice), team_id=team.pk)
    bans.lift_ban(actor=ROOT, ban=made, now=now)
    ban("owner", team.public_id, now)
    with pytest.raises(OwnerIsBanned):
        bans.require_free(actor=actor_of(alice), team_id=team.pk)


def test_what_was_written_beside_a_ban_is_caught_up_with(bob: Any, now: datetime) -> None:
    bans.catch_up_due(now=now)
    ban("host", "evil.org", now)
    ban("owner", bob.public_id, now)
    links = [to("www.evil.org", slug="late"), to("a.org", slug="of-bob", created_by=bob), to("a.org", slug="fine")]
    LinkChange.objects.bulk_create([LinkChange(link_id=link.pk) for link in links])
    assert [bans.catch_up_due(now=now), bans.catch_up_due(now=now), bans.catch_up_due(now=now)] == [2, 0, 0]
    assert banned() == {"late", "of-bob"}
