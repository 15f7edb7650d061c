"""Trying how one is reached: a contact by a note, or everything by a real page about an alert that is a test."""

from datetime import datetime

from django.db import transaction

from oncall.models import Alert, ContactMethod
from oncall.services import alerts, contact_health, responders, trials
from oncall.services.trials import Tried
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.lib.errors import Conflict

TITLE = "Acknowledge this test page"
DETAIL = "You asked for it in your settings. It goes the way of a real page, by your rules, until you acknowledge it."


def try_contact(*, contact: ContactMethod, now: datetime) -> Tried:
    """Says something there at once, every ten seconds at most; what the provider answered is kept at the contact."""
    contact_health.refuse_haste(contact, now)
    tried = trials.say(
        contact,
        subject="Read this: pages reach you here",
        text="This is a test from the portal. Nothing is wrong, and there is nothing to do.\n",
        short="This is a test from the portal. There is nothing to do.",
    )
    contact_health.note_contact(contact.pk, word=tried.word, answer=tried.answer, now=now)
    return tried


@transaction.atomic
def page_myself(*, actor: Actor, user: User, now: datetime) -> Alert:
    """Opens an alert that is a test and pages its author by their rules for critical ones, through rows and pager.

    Nobody else is asked: it is of the class info. Repeats within a minute page once.
    """
    team_id = min(actor.team_ids, default=None)
    if team_id is None:
        raise Conflict("Join a team first: alerts belong to teams.")
    alert = alerts.open_alert(
        actor=actor,
        team_id=team_id,
        service_id=None,
        source=f"test:{user.public_id}",
        dedup_key="page-myself",
        title=TITLE,
        severity="info",
        detail=DETAIL,
        is_test=True,
        now=now,
    )
    responders.page_person(actor=actor, alert=alert, user=user, now=now)
    return alert
