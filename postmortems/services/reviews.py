"""The way of a postmortem: submitted, approved by somebody else, published, and closed when nothing is left to do."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.accounts.services import audit, mails
from postmortems import selectors
from postmortems.domain import states
from postmortems.domain.states import State
from postmortems.exceptions import Incomplete, ItemsOpen, OwnReview, WrongState
from postmortems.models import Postmortem, Review
from postmortems.services import access


@transaction.atomic
def submit(*, actor: Actor, postmortem: Postmortem, reviewers: Iterable[User], now: datetime) -> Postmortem:
    """Asks `reviewers` to read it, by mail; those who were asked before are not asked twice."""
    locked = _move(actor, postmortem, State.IN_REVIEW, "submitted_at", now)
    for user in reviewers:
        _, made = Review.objects.get_or_create(postmortem=locked, user=user, defaults={"asked_at": now})
        if made:
            url = f"{settings.PORTAL_BASE_URL}/postmortems/{locked.public_id}/"
            mails.queue(to=user.email, subject="Read a postmortem", text=f"Please review {locked}.\n\n{url}\n", now=now)
    return locked


@transaction.atomic
def approve(*, actor: Actor, postmortem: Postmortem, now: datetime, comment: str = "") -> Postmortem:
    """Approves it. Not for the owner, unless nobody else is in the team."""
    if actor.user_id is not None and actor.user_id == postmortem.owner_id and _others(postmortem, actor.user_id):
        raise OwnReview
    locked = _move(actor, postmortem, State.APPROVED, "approved_at", now)
    if actor.user_id is not None:
        Review.objects.update_or_create(
            postmortem=locked,
            user_id=actor.user_id,
            defaults={"approved_at": now, "comment": comment},
            create_defaults={"asked_at": now, "approved_at": now, "comment": comment},
        )
    return locked


@transaction.atomic
def send_back(*, actor: Actor, postmortem: Postmortem, now: datetime) -> Postmortem:
    """Makes it a draft again."""
    return _move(actor, postmortem, State.DRAFT, None, now)


@transaction.atomic
def publish(*, actor: Actor, postmortem: Postmortem, now: datetime) -> Postmortem:
    """Publishes an approved postmortem; only required findings hold it up, and they are named."""
    missing = [finding for finding in selectors.findings(postmortem, today=now.date()) if finding.is_required]
    if missing:
        raise Incomplete(fields={finding.code: [finding.text] for finding in missing})
    return _move(actor, postmortem, State.PUBLISHED, "published_at", now)


@transaction.atomic
def close(*, actor: Actor, postmortem: Postmortem, now: datetime) -> Postmortem:
    """Closes it once every action item is done, or not done with a reason."""
    left = postmortem.items.open().count()
    if left:
        raise ItemsOpen(f"{left} action {'item is' if left == 1 else 'items are'} still open.")
    return _move(actor, postmortem, State.CLOSED, "closed_at", now)


@transaction.atomic
def reopen(*, actor: Actor, postmortem: Postmortem, now: datetime) -> Postmortem:
    """Opens a closed postmortem again."""
    return _move(actor, postmortem, State.PUBLISHED, None, now)


def _move(actor: Actor, postmortem: Postmortem, state: State, stamp: str | None, now: datetime) -> Postmortem:
    locked = access.lock(actor, postmortem)
    before = locked.state
    if not states.may_follow(before, state):
        raise WrongState(f"A postmortem cannot go from {before.replace('_', ' ')} to {state.replace('_', ' ')}.")
    locked.state = state
    if stamp is not None:
        setattr(locked, stamp, now)
    access.save(locked, "state", *([stamp] if stamp else []))
    audit.record(
        actor=actor,
        action=f"postmortem.{state.value}",
        target=locked,
        before={"state": before},
        after={"state": state.value},
        now=now,
    )
    return locked


def _others(postmortem: Postmortem, user_id: int) -> bool:
    return people.team_members(postmortem.team_id).exclude(pk=user_id).exists()
