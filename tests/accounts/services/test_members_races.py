"""Two writers at the same team and at the same portal, with real transactions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from portal.accounts.domain.actors import Actor
from portal.accounts.exceptions import LastAdministrator, LastManager
from portal.accounts.models import Membership, User
from portal.accounts.selectors import actors
from portal.accounts.services import members, users
from tests.factories.accounts import TeamFactory, UserFactory, member

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def outcome(act: Callable[[], object]) -> str:
    """How `act` ended, on a connection of its own."""
    try:
        act()
    except (LastManager, LastAdministrator) as error:
        return error.code
    finally:
        connection.close()
    return "done"


def at_once(*acts: Callable[[], object]) -> list[str]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(outcome, acts))


def test_two_managers_who_remove_each_other_leave_one() -> None:
    team = TeamFactory()
    first, second = member(team, "manager"), member(team, "manager")
    one, other = actors.actor_for_user(first), actors.actor_for_user(second)
    ends = at_once(
        lambda: members.remove_member(actor=one, team=team, user=second, now=AT),
        lambda: members.remove_member(actor=other, team=team, user=first, now=AT),
    )
    assert ends == ["done", "last-manager"]
    assert Membership.objects.filter(team=team, role="manager").count() == 1


def test_two_administrators_who_unmake_each_other_leave_one() -> None:
    first, second = UserFactory(is_administrator=True), UserFactory(is_administrator=True)
    portal = Actor.system("tests")
    ends = at_once(
        lambda: users.set_administrator(actor=portal, user=first, is_administrator=False, now=AT),
        lambda: users.set_administrator(actor=portal, user=second, is_administrator=False, now=AT),
    )
    assert ends == ["done", "last-administrator"]
    assert User.objects.filter(is_administrator=True).count() == 1
