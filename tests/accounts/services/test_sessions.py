from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry, User
from portal.accounts.services import sessions
from portal.lib.errors import NotFound


def session_of(user: User) -> UserSession:
    store = SessionStore()
    store.create()
    return UserSession.objects.create(user=user, ip="192.0.2.1", user_agent="Firefox", session_key=store.session_key)


def test_one_browser_is_signed_out(alice: User, actor_of: Callable[[User], Actor], now: datetime) -> None:
    session = session_of(alice)
    sessions.end_session(actor=actor_of(alice), user=alice, session_id=session.pk, now=now)
    assert not SessionStore().exists(session.session_key)
    assert AuditEntry.objects.get().action == "session.ended"


def test_somebody_elses_browser_is_not_found(
    alice: User, bob: User, actor_of: Callable[[User], Actor], now: datetime
) -> None:
    with pytest.raises(NotFound):
        sessions.end_session(actor=actor_of(alice), user=alice, session_id=session_of(bob).pk, now=now)


def test_all_others_are_signed_out(alice: User, bob: User, actor_of: Callable[[User], Actor], now: datetime) -> None:
    kept, _, foreign = session_of(alice), session_of(alice), session_of(bob)
    key = kept.session_key
    assert sessions.end_other_sessions(actor=actor_of(alice), user=alice, current_key=key, now=now) == 1
    assert set(UserSession.objects.all()) == {kept, foreign}
