"""Ending browser sessions."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.services import audit
from portal.lib.errors import NotFound


@transaction.atomic
def end_session(*, actor: Actor, user: User, session_id: int, now: datetime) -> None:
    """Signs one browser of this person out; somebody else's session is NotFound."""
    session = UserSession.objects.filter(user_id=user.pk, pk=session_id).first()
    if session is None:
        raise NotFound("This session has ended already.")
    session.end()
    audit.record(actor=actor, action="session.ended", target=user, after={"browser": str(session)}, now=now)


@transaction.atomic
def end_other_sessions(*, actor: Actor, user: User, current_key: str | None, now: datetime) -> int:
    """Signs out every browser of this person but the current one, and says how many."""
    others = list(UserSession.objects.filter(user_id=user.pk).exclude(session_key=current_key))
    for session in others:
        session.end()
    audit.record(actor=actor, action="session.others_ended", target=user, after={"sessions": len(others)}, now=now)
    return len(others)
