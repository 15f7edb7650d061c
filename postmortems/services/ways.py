"""A change of text and state in one step, for programs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from postmortems.domain.states import State
from postmortems.models import Postmortem
from postmortems.services import documents, reviews


@transaction.atomic
def change(
    *,
    actor: Actor,
    postmortem: Postmortem,
    fields: Mapping[str, Any],
    texts: Mapping[str, str],
    now: datetime,
    state: str = "",
    version: int | None = None,
) -> Postmortem:
    """Stores fields and texts and then moves to `state`: all of it, or nothing."""
    actor.require(Role.RESPONDER, postmortem.team_id)
    changed = postmortem
    if fields or texts or version is not None:
        changed = documents.edit(
            actor=actor, postmortem=postmortem, fields=fields, texts=texts, version=version, now=now
        )
    return move(actor=actor, postmortem=changed, state=state, now=now) if state else changed


def move(*, actor: Actor, postmortem: Postmortem, state: str, now: datetime) -> Postmortem:
    """Takes the step that leads to `state`; the state that it has already changes nothing."""
    if state == postmortem.state:
        return postmortem
    match state:
        case State.IN_REVIEW:
            return reviews.submit(actor=actor, postmortem=postmortem, reviewers=[], now=now)
        case State.APPROVED:
            return reviews.approve(actor=actor, postmortem=postmortem, now=now)
        case State.PUBLISHED if postmortem.state == State.CLOSED:
            return reviews.reopen(actor=actor, postmortem=postmortem, now=now)
        case State.PUBLISHED:
            return reviews.publish(actor=actor, postmortem=postmortem, now=now)
        case State.CLOSED:
            return reviews.close(actor=actor, postmortem=postmortem, now=now)
        case _:
            return reviews.send_back(actor=actor, postmortem=postmortem, now=now)
