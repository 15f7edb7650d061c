"""Restoring, deleting and emptying at the same moment, with real transactions."""

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from portal.accounts.domain.actors import Actor
from portal.lib.errors import DomainError
from shortener.models import Link, LinkChange
from shortener.services import links, trash
from tests.factories.shortener import LinkFactory

SYSTEM = Actor.system("test")
AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LATER = AT + timedelta(days=31)
CALLERS = 4

pytestmark = pytest.mark.django_db(transaction=True)


def ended(call: Any, *args: Any) -> Any:
    """What a call on a connection of its own came to: its result, or the code of its refusal."""
    try:
        return call(*args)
    except DomainError as error:
        return error.code
    finally:
        connection.close()


def restore(link: Link) -> str:
    return links.restore_link(actor=SYSTEM, link=link, now=LATER).state


def purge() -> int:
    return trash.purge_due(now=LATER)


def test_of_many_who_restore_one_does() -> None:
    link = LinkFactory(state="deleted", deleted_at=AT)
    with ThreadPoolExecutor(CALLERS) as pool:
        assert list(pool.map(lambda _: ended(restore, link), range(CALLERS))) == ["active"] * CALLERS
    assert LinkChange.objects.count() == 1


def test_many_who_empty_the_trash_share_the_work() -> None:
    LinkFactory.create_batch(20, state="deleted", deleted_at=AT)
    with ThreadPoolExecutor(CALLERS) as pool:
        assert sum(pool.map(lambda _: ended(purge), range(CALLERS))) == 20


def test_a_link_that_is_being_restored_is_not_emptied() -> None:
    link = LinkFactory(state="deleted", deleted_at=AT)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        restore(link)
        assert pool.submit(ended, purge).result(10) == 0
    assert Link.objects.get(pk=link.pk).target


def test_a_link_that_is_being_emptied_is_not_restored() -> None:
    link = LinkFactory(state="deleted", deleted_at=AT)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            purge()
            waiting: Future[Any] = pool.submit(ended, restore, link)
        assert waiting.result(10) == "link-purged"
