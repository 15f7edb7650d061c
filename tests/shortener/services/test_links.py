from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import PermissionDenied, PreconditionFailed
from shortener.domain import slugs
from shortener.exceptions import ExternalIdTaken, InvalidLink, NoFreeSlug, SlugTaken, WrongState
from shortener.models import Link, LinkChange
from shortener.services import links
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")
TARGET = {"target": "https://example.org/"}


def changes() -> list[int]:
    return list(LinkChange.objects.order_by("seq").values_list("link_id", flat=True))


def test_a_link_gets_a_random_slug_of_seven_symbols(team: Any, now: datetime) -> None:
    link = links.create_link(actor=SYSTEM, team_id=team.pk, values=TARGET, now=now)
    assert len(link.slug) == 7
    assert set(link.slug) <= set(slugs.UNAMBIGUOUS)
    assert (link.domain.name, link.domain.is_default) == ("localhost", True)


def test_a_new_link_is_published_and_audited(
    team: Any, bob: Any, actor_of: Callable[..., Actor], now: datetime
) -> None:
    link = links.create_link(actor=actor_of(bob), team_id=team.pk, values=TARGET, slug="launch", now=now)
    assert changes() == [link.pk]
    entry = AuditEntry.objects.get(action="link.created")
    assert (entry.user_id, entry.target_id, entry.changes["slug"]) == (bob.pk, link.public_id, [None, "launch"])


def test_the_target_is_stored_in_its_canonical_form(team: Any, now: datetime) -> None:
    link = links.create_link(
        actor=SYSTEM, team_id=team.pk, values={"target": " HTTPS://Ex\u00e4mple.com:443/a b "}, now=now
    )
    assert link.target == "https://xn--exmple-cua.com/a%20b"


def test_a_viewer_may_not_create(team: Any, vera: Any, actor_of: Callable[..., Actor], now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        links.create_link(actor=actor_of(vera), team_id=team.pk, values=TARGET, now=now)


def test_all_field_errors_come_at_once(team: Any, now: datetime) -> None:
    values = {"target": "javascript:alert(1)", "redirect_status": 303, "title": "x" * 201}
    with pytest.raises(InvalidLink) as refused:
        links.create_link(actor=SYSTEM, team_id=team.pk, values=values, slug="no good", now=now)
    assert set(refused.value.fields) == {"target", "redirect_status", "title", "slug"}


def test_a_taken_slug_is_refused_with_a_free_one(now: datetime) -> None:
    taken = LinkFactory(slug="launch")
    LinkFactory(slug="launch-2", domain=taken.domain)
    with pytest.raises(SlugTaken) as refused:
        links.create_link(
            actor=SYSTEM, team_id=taken.team_id, values=TARGET, slug="launch", domain=taken.domain, now=now
        )
    assert refused.value.suggestion == "launch-3"


def test_the_same_slug_lives_on_two_domains(now: datetime) -> None:
    first = LinkFactory(slug="launch")
    second = links.create_link(
        actor=SYSTEM, team_id=first.team_id, values=TARGET, slug="launch", domain=DomainFactory(), now=now
    )
    assert second.slug == first.slug


def test_a_domain_that_folds_case_has_one_link_for_both_spellings(team: Any, now: datetime) -> None:
    taken = LinkFactory(slug="launch", domain__case_sensitive=False)
    with pytest.raises(SlugTaken):
        links.create_link(actor=SYSTEM, team_id=team.pk, values=TARGET, slug="LAUNCH", domain=taken.domain, now=now)


def test_the_slug_of_a_deleted_link_stays_taken(now: datetime) -> None:
    link = LinkFactory(slug="launch")
    links.delete_link(actor=SYSTEM, link=link, now=now)
    with pytest.raises(SlugTaken):
        links.create_link(actor=SYSTEM, team_id=link.team_id, values=TARGET, slug="launch", domain=link.domain, now=now)


def test_crowded_lengths_lead_to_a_longer_slug(team: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = LinkFactory(slug="a" * slugs.LENGTH)
    monkeypatch.setattr("secrets.choice", lambda _: "a")
    link = links.create_link(actor=SYSTEM, team_id=team.pk, values=TARGET, domain=taken.domain, now=now)
    assert link.slug == "a" * (slugs.LENGTH + 1)


def test_the_search_for_a_free_slug_ends(team: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = LinkFactory(slug="a" * slugs.LENGTH)
    LinkFactory(slug="a" * (slugs.LENGTH + 1), domain=taken.domain)
    monkeypatch.setattr("secrets.choice", lambda _: "a")
    with pytest.raises(NoFreeSlug):
        links.create_link(actor=SYSTEM, team_id=team.pk, values=TARGET, domain=taken.domain, now=now)


def test_an_external_id_is_unique_in_its_team(now: datetime) -> None:
    first = LinkFactory(external_id="crm-7")
    with pytest.raises(ExternalIdTaken):
        links.create_link(actor=SYSTEM, team_id=first.team_id, values={**TARGET, "external_id": "crm-7"}, now=now)


def test_an_update_raises_the_version_and_is_published(now: datetime) -> None:
    link = LinkFactory(title="Old")
    changed = links.update_link(actor=SYSTEM, link=link, values={"title": "New"}, expected_version=1, now=now)
    assert (changed.title, changed.version, changes()) == ("New", 2, [link.pk])
    assert AuditEntry.objects.get(action="link.updated").changes == {"title": ["Old", "New"]}


def test_an_update_that_changes_nothing_leaves_no_trace(now: datetime) -> None:
    link = LinkFactory(title="Same")
    assert links.update_link(actor=SYSTEM, link=link, values={"title": "Same"}, now=now).version == 1
    assert changes() == []


def test_an_update_of_a_version_that_is_gone_is_refused(now: datetime) -> None:
    link = LinkFactory(version=3)
    with pytest.raises(PreconditionFailed):
        links.update_link(actor=SYSTEM, link=link, values={"title": "x"}, expected_version=2, now=now)


def test_an_update_cannot_take_an_external_id_of_the_team(now: datetime) -> None:
    first = LinkFactory(external_id="crm-7")
    second = LinkFactory(team=first.team)
    with pytest.raises(ExternalIdTaken):
        links.update_link(actor=SYSTEM, link=second, values={"external_id": "crm-7"}, now=now)


def test_a_link_must_not_expire_before_it_begins(now: datetime) -> None:
    link = LinkFactory(not_before=now)
    with pytest.raises(InvalidLink) as refused:
        links.update_link(actor=SYSTEM, link=link, values={"expires_at": now - timedelta(days=1)}, now=now)
    assert "expires_at" in refused.value.fields


def test_disabling_and_enabling_are_published_and_repeats_change_nothing(now: datetime) -> None:
    link = LinkFactory()
    links.disable_link(actor=SYSTEM, link=link, now=now)
    assert links.disable_link(actor=SYSTEM, link=link, now=now).state == "disabled"
    assert links.enable_link(actor=SYSTEM, link=link, now=now).state == "active"
    assert changes() == [link.pk, link.pk]


def test_a_banned_link_is_not_enabled_by_its_team(now: datetime) -> None:
    with pytest.raises(WrongState):
        links.enable_link(actor=SYSTEM, link=LinkFactory(state="banned"), now=now)


def test_a_deleted_link_takes_no_more_changes(now: datetime) -> None:
    with pytest.raises(WrongState):
        links.update_link(actor=SYSTEM, link=LinkFactory(state="deleted"), values={"title": "x"}, now=now)


def test_expiring_ends_a_link_at_once_and_only_once(now: datetime) -> None:
    link = LinkFactory(not_before=now + timedelta(hours=1))
    links.expire_link(actor=SYSTEM, link=link, now=now)
    later = links.expire_link(actor=SYSTEM, link=link, now=now + timedelta(minutes=1))
    assert (later.expires_at, later.not_before, later.state_at(now)) == (now, None, "expired")


@pytest.mark.parametrize("write", [links.disable_link, links.enable_link, links.delete_link, links.expire_link])
def test_charlie_may_not_touch_the_link_of_another_team(
    write: Callable[..., Link], team: Any, charlie: Any, actor_of: Callable[..., Actor], now: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        write(actor=actor_of(charlie), link=LinkFactory(team=team), now=now)


def test_the_payload_that_edges_read_has_every_fact(now: datetime) -> None:
    link = LinkFactory(expires_at=now, max_age=60, redirect_status=301, expired_target="https://example.org/end")
    with connection.cursor() as cursor:
        cursor.execute("SELECT domain, slug, payload::text FROM shortener_edge_link WHERE link_id = %s", [link.pk])
        domain, slug, payload = cursor.fetchone() or ("", "", "")
    assert (domain, slug) == (link.domain.name, link.slug)
    assert f'"expires_at": {now.timestamp():.6f}' in payload


def test_a_tombstone_keeps_its_row(now: datetime) -> None:
    link = LinkFactory()
    links.delete_link(actor=SYSTEM, link=link, now=now)
    assert Link.objects.get(pk=link.pk).state == "deleted"
    assert not Link.objects.present().exists()
