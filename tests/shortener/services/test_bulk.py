from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from shortener.models import Link, LinkChange
from shortener.services import bulk
from shortener.services.bulk import Wish
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

SYSTEM = Actor.system("test")


def kinds(wish: Wish, *chosen: Link, now: datetime, actor: Actor = SYSTEM, **options: Any) -> list[str]:
    return [outcome.kind for outcome in bulk.apply(actor=actor, chosen=chosen, wish=wish, now=now, **options)]


def test_each_link_is_done_unchanged_or_refused(now: datetime) -> None:
    active, off, gone = LinkFactory(), LinkFactory(state="disabled"), LinkFactory(state="deleted")
    assert kinds(Wish("disable"), active, off, gone, now=now) == ["done", "unchanged", "refused"]
    assert Link.objects.get(pk=active.pk).state == "disabled"


def test_a_refusal_says_why_and_keeps_nothing_from_the_others(
    team: Any, other_team: Any, bob: Any, actor_of: Any, now: datetime
) -> None:
    theirs, ours = LinkFactory(team=other_team), LinkFactory(team=team)
    outcomes = bulk.apply(actor=actor_of(bob), chosen=[theirs, ours], wish=Wish("delete"), now=now)
    assert [outcome.kind for outcome in outcomes] == ["refused", "done"]
    assert outcomes[0].reason == "This needs the role responder in the team."
    assert bulk.counts(outcomes) == {"done": 1, "unchanged": 0, "refused": 1}


def test_each_change_is_audited_and_published_like_a_single_one(now: datetime) -> None:
    chosen = LinkFactory.create_batch(3)
    kinds(Wish("edit", values={"preview": True}), *chosen, now=now)
    assert AuditEntry.objects.filter(action="link.updated").count() == LinkChange.objects.count() == 3


def test_tags_are_added_to_and_removed_from_what_is_stored_now(now: datetime) -> None:
    link = LinkFactory(tags=["old", "kept"])
    Link.objects.filter(pk=link.pk).update(tags=["old", "kept", "meanwhile"])
    assert kinds(Wish("tags", add_tags=("new",), remove_tags=("old",)), link, now=now) == ["done"]
    assert Link.objects.get(pk=link.pk).tags == ["kept", "meanwhile", "new"]


def test_tags_that_change_nothing_leave_the_version(now: datetime) -> None:
    link = LinkFactory(tags=["a"])
    assert kinds(Wish("tags", add_tags=("a",), remove_tags=("b",)), link, now=now) == ["unchanged"]
    assert Link.objects.get(pk=link.pk).version == 1


def test_an_end_before_a_beginning_is_refused_for_that_link_alone(now: datetime) -> None:
    late, usual = LinkFactory(not_before=now + timedelta(days=9)), LinkFactory()
    wish = Wish("edit", values={"expires_at": now + timedelta(days=1)})
    outcomes = bulk.apply(actor=SYSTEM, chosen=[late, usual], wish=wish, now=now)
    assert [outcome.kind for outcome in outcomes] == ["refused", "done"]
    assert outcomes[0].reason == "The link must expire after it begins."


def test_links_are_ended_deleted_and_restored(now: datetime) -> None:
    link = LinkFactory()
    wishes = [Wish(name) for name in ("expire", "delete", "restore", "restore")]
    found = [kinds(wish, link, now=now + timedelta(minutes=at)) for at, wish in enumerate(wishes)]
    assert found == [["done"], ["done"], ["done"], ["unchanged"]]


def test_a_rehearsal_foretells_and_leaves_no_trace(now: datetime) -> None:
    chosen = [LinkFactory(), LinkFactory(state="disabled")]
    assert kinds(Wish("disable"), *chosen, now=now, is_rehearsal=True) == ["done", "unchanged"]
    assert Link.objects.get(pk=chosen[0].pk).state == "active"
    assert not AuditEntry.objects.filter(action="link.disabled").exists()
    assert not LinkChange.objects.exists()
