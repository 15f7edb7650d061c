"""Feeds are made, found by their token alone, and revoked."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import CalendarFeed
from oncall.selectors import calendar_feeds as found_feeds
from oncall.services import calendar_feeds
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Conflict, NotFound

SYSTEM = Actor.system("test")


def made(alice: Any, now: datetime) -> tuple[CalendarFeed, str]:
    return calendar_feeds.create_feed(actor=SYSTEM, owner_id=alice.pk, now=now)


def test_the_token_opens_it_and_is_not_kept(alice: Any, now: datetime) -> None:
    feed, token = made(alice, now)
    assert found_feeds.feed_by_token(token) == feed
    assert token not in str(vars(CalendarFeed.objects.get())) + str(AuditEntry.objects.latest("pk").changes)


def test_a_revoked_feed_opens_nothing(alice: Any, now: datetime) -> None:
    feed, token = made(alice, now)
    calendar_feeds.revoke_feed(actor=SYSTEM, feed=feed, now=now)
    with pytest.raises(NotFound):
        found_feeds.feed_by_token(token)


def test_an_account_that_ended_closes_its_feeds(alice: Any, now: datetime) -> None:
    token = made(alice, now)[1]
    alice.is_active = False
    alice.save()
    with pytest.raises(NotFound):
        found_feeds.feed_by_token(token)


def test_use_is_noted_once_an_hour(alice: Any, now: datetime) -> None:
    feed = made(alice, now)[0]
    for minutes in (0, 30, 59):
        feed.refresh_from_db()
        calendar_feeds.note_use(feed=feed, now=now + timedelta(minutes=minutes))
    assert CalendarFeed.objects.get().last_used_at == now


def test_there_is_an_end_to_feeds(alice: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_feeds, "MOST", 1)
    made(alice, now)
    with pytest.raises(Conflict):
        made(alice, now)
