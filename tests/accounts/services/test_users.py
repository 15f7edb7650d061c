from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError

from portal.accounts.domain.actors import Actor
from portal.accounts.exceptions import LastAdministrator
from portal.accounts.models import AuditEntry, User
from portal.accounts.services import users
from portal.lib.errors import Conflict, Invalid, PermissionDenied
from tests.factories.accounts import UserFactory

PORTAL = Actor.system("tests")


def test_a_new_person_can_sign_in_at_once(db: None, now: datetime) -> None:
    user = users.create_user(actor=PORTAL, email="New@Example.com", name="New", password="a long sentence", now=now)
    assert user.email == "new@example.com"
    assert user.check_password("a long sentence")
    assert EmailAddress.objects.get(user=user).verified


def test_one_address_has_one_account_whatever_its_case(db: None, now: datetime) -> None:
    UserFactory(email="new@example.com")
    with pytest.raises(Conflict):
        users.create_user(actor=PORTAL, email="NEW@example.com", name="New", now=now)


def test_the_database_itself_refuses_a_second_account(db: None) -> None:
    UserFactory(email="new@example.com")
    with pytest.raises(IntegrityError):
        UserFactory(email="New@Example.COM")


def test_the_first_administrator_is_made_once_and_keeps_the_password(db: None, now: datetime) -> None:
    first, made = users.ensure_administrator(email="root@example.com", password="first password", now=now)
    again, made_again = users.ensure_administrator(email="root@example.com", password="another one", now=now)
    assert (made, made_again, first) == (True, False, again)
    assert again.is_administrator
    assert again.check_password("first password")


def test_a_profile_is_changed_and_audited(alice: User, actor_of: Callable[[User], Actor], now: datetime) -> None:
    users.update_profile(actor=actor_of(alice), user=alice, name=" Ally ", time_zone="Europe/Vienna", now=now)
    alice.refresh_from_db()
    assert (alice.name, alice.time_zone) == ("Ally", "Europe/Vienna")
    assert AuditEntry.objects.get().changes["time_zone"] == ["UTC", "Europe/Vienna"]


def test_an_unknown_zone_is_refused(alice: User, actor_of: Callable[[User], Actor], now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        users.update_profile(actor=actor_of(alice), user=alice, name="A", time_zone="Mars/Base", now=now)
    assert "time_zone" in caught.value.fields


def test_nobody_changes_somebody_else(alice: User, bob: User, actor_of: Callable[[User], Actor], now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        users.update_profile(actor=actor_of(alice), user=bob, name="B", time_zone="UTC", now=now)


def test_an_administrator_ends_an_account(
    admin_user: User, bob: User, actor_of: Callable[[User], Actor], now: datetime
) -> None:
    users.set_active(actor=actor_of(admin_user), user=bob, is_active=False, now=now)
    assert not User.objects.get(pk=bob.pk).is_active


def test_nobody_ends_their_own_account(admin_user: User, actor_of: Callable[[User], Actor], now: datetime) -> None:
    with pytest.raises(Invalid):
        users.set_active(actor=actor_of(admin_user), user=admin_user, is_active=False, now=now)


def test_the_last_administrator_is_not_ended_even_by_the_portal(admin_user: User, now: datetime) -> None:
    with pytest.raises(LastAdministrator):
        users.set_active(actor=PORTAL, user=admin_user, is_active=False, now=now)


def test_restoring_asks_for_no_other_manager(alice: User, now: datetime) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert users.set_active(actor=PORTAL, user=alice, is_active=True, now=now).is_active


def test_only_administrators_make_administrators(
    alice: User, bob: User, actor_of: Callable[[User], Actor], now: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        users.set_administrator(actor=actor_of(alice), user=bob, is_administrator=True, now=now)
