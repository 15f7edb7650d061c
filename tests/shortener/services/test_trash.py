from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import PermissionDenied
from shortener.exceptions import ExternalIdTaken, InvalidLink, LinkPurged, SlugTaken
from shortener.models import Ban, Link, LinkChange
from shortener.services import links, trash
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")
MONTH = timedelta(days=30)


def deleted(now: datetime, **given: Any) -> Link:
    return links.delete_link(actor=SYSTEM, link=LinkFactory(**given), now=now)


def restored(link: Link, now: datetime) -> Link:
    return links.restore_link(actor=SYSTEM, link=link, now=now)


def payload_of(link: Link) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload::text FROM shortener_edge_link WHERE link_id = %s", [link.pk])
        return str(cursor.fetchone())


def test_a_deleted_link_lies_in_the_trash_for_thirty_days(now: datetime) -> None:
    link = deleted(now)
    assert (link.deleted_at, trash.purged_at(link)) == (now, now + MONTH)
    assert trash.purge_due(now=now + MONTH - timedelta(seconds=1)) == 0


def test_a_restored_link_is_as_it_was_and_told_to_the_edges(now: datetime) -> None:
    link = restored(deleted(now, title="Launch", tags=["a"]), now)
    assert (link.state, link.title, link.tags, link.deleted_at, link.version) == ("active", "Launch", ["a"], None, 3)
    assert LinkChange.objects.filter(link_id=link.pk).count() == 2
    assert '"state": "active"' in payload_of(link)


def test_a_link_that_was_off_is_off_again(now: datetime) -> None:
    link = links.disable_link(actor=SYSTEM, link=LinkFactory(), now=now)
    links.delete_link(actor=SYSTEM, link=link, now=now)
    assert restored(link, now).state == "disabled"


def test_restoring_twice_changes_nothing_more(now: datetime) -> None:
    link = deleted(now)
    assert restored(restored(link, now), now).version == 3
    assert AuditEntry.objects.filter(action="link.restored").count() == 1


def test_a_slug_in_the_trash_is_not_free(now: datetime) -> None:
    link = deleted(now, slug="launch")
    values = {"target": "https://example.org/"}
    with pytest.raises(SlugTaken):
        links.create_link(actor=SYSTEM, team_id=link.team_id, values=values, slug="launch", domain=link.domain, now=now)


def test_after_its_days_only_the_slug_is_left(now: datetime) -> None:
    rule = {"id": 1, "name": "", "conditions": [], "target": "https://example.org/secret"}
    link = deleted(now, title="T", notes="N", tags=["a"], password_hash="x", external_id="e", rules=[rule])
    assert trash.purge_due(now=now + MONTH) == 1
    left = Link.objects.get(pk=link.pk)
    assert {name: getattr(left, name) for name in trash.EMPTY} == trash.EMPTY
    assert (left.key, left.state, left.version) == (link.key, "deleted", 3)


def test_an_emptied_tombstone_is_told_to_the_edges_and_audited_without_its_content(now: datetime) -> None:
    link = deleted(now, target="https://example.org/secret")
    trash.purge_due(now=now + MONTH)
    assert "secret" not in payload_of(link)
    assert LinkChange.objects.filter(link_id=link.pk).count() == 2
    assert AuditEntry.objects.get(action="link.purged").changes == {}


def test_emptying_again_finds_nothing(now: datetime) -> None:
    deleted(now)
    assert [trash.purge_due(now=now + MONTH) for _ in range(2)] == [1, 0]


def test_many_are_emptied_in_pieces(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trash, "BATCH", 2)
    LinkFactory.create_batch(5, state="deleted", deleted_at=now)
    assert trash.purge_due(now=now + MONTH) == 5


def test_what_was_emptied_cannot_be_restored(now: datetime) -> None:
    link = deleted(now)
    trash.purge_due(now=now + MONTH)
    with pytest.raises(LinkPurged):
        restored(link, now + MONTH)


def test_an_external_id_that_was_taken_meanwhile_keeps_the_link_in_the_trash(now: datetime) -> None:
    link = deleted(now, external_id="crm-7")
    LinkFactory(team=link.team, external_id="crm-7")
    with pytest.raises(ExternalIdTaken):
        restored(link, now)


def test_a_target_that_may_not_be_shortened_any_more_keeps_the_link_in_the_trash(now: datetime) -> None:
    link = deleted(now, target="http://later.example.com:8001/x")
    LinkFactory(domain__name="later.example.com")
    with pytest.raises(InvalidLink):
        restored(link, now)


@pytest.mark.parametrize(("lifted", "state"), [(False, "banned"), (True, "active")])
def test_a_ban_holds_a_restored_link_unless_it_was_lifted(lifted: bool, state: str, now: datetime) -> None:
    ban = Ban.objects.create(kind="link", value="x", reason="x", created_at=now, lifted_at=now if lifted else None)
    assert restored(deleted(now, ban=ban), now).state_at(now) == state


def test_viewers_and_strangers_restore_nothing(
    team: Any, vera: Any, charlie: Any, actor_of: Any, now: datetime
) -> None:
    link = deleted(now, team=team)
    for person in (vera, charlie):
        with pytest.raises(PermissionDenied):
            links.restore_link(actor=actor_of(person), link=link, now=now)
