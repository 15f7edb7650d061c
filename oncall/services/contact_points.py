"""Rooms and programs of teams that can be paged: made, tried, given another secret, switched on again and removed."""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction

from oncall.clients import channels
from oncall.models import ContactPoint, Page
from oncall.services import contact_health, contacts, trials, uses
from oncall.services.trials import Tried
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Conflict, Invalid

NAME = 80
TAKEN = "The team has a contact point of this name already."


def create_point(*, actor: Actor, team_id: int, name: str, kind: str, address: str, now: datetime) -> ContactPoint:
    """Adds a contact point that steps of policies may name."""
    point = ContactPoint(team_id=team_id, name=name.strip(), kind=kind, address=address.strip())
    _check(point)
    with transaction.atomic():
        _save(point)
        after = {"name": point.name, "kind": kind, "team_id": team_id}
        audit.record(actor=actor, action="contact_point.created", target=point, after=after, now=now)
    return point


@transaction.atomic
def update_point(*, actor: Actor, point: ContactPoint, name: str, address: str, now: datetime) -> ContactPoint:
    """Changes name and address; pages that wait already go where they were sent to go."""
    point = _locked(point)
    before = {"name": point.name}
    is_moved = point.address != address.strip()
    point.name, point.address = name.strip(), address.strip()
    _check(point)
    if is_moved:
        point.failures, point.problem = 0, ""
    _save(point)
    after = {"name": point.name, "address_changed": is_moved}
    audit.record(actor=actor, action="contact_point.updated", target=point, before=before, after=after, now=now)
    return point


def try_point(*, actor: Actor, point: ContactPoint, now: datetime) -> Tried:
    """Says something there at once; what the provider answered is kept. It switches nothing on."""
    contact_health.refuse_haste(point, now)
    tried = trials.say(
        point,
        subject="Read this: pages arrive here",
        text=f"{actor.label} tries {point.name} of {point.team}. Nothing is wrong, and there is nothing to do.\n",
        short=f"A test from the portal for {point.name}. There is nothing to do.",
    )
    contact_health.note_point(point.pk, word=tried.word, answer=tried.answer, now=now)
    return tried


def rotate_secret(*, actor: Actor, point: ContactPoint, now: datetime) -> ContactPoint:
    """Another secret signs beside the present one, until `end_old_secret`."""
    return _with_secret(actor, point, contacts.rotated, "contact_point.secret_rotated", now)


def end_old_secret(*, actor: Actor, point: ContactPoint, now: datetime) -> ContactPoint:
    """Only the newest secret signs."""
    return _with_secret(actor, point, contacts.only_newest, "contact_point.old_secret_ended", now)


@transaction.atomic
def switch(*, actor: Actor, point: ContactPoint, is_on: bool, now: datetime) -> ContactPoint:
    """Switches a contact point off, or on again with its failures forgotten."""
    point = _locked(point)
    if is_on == (point.disabled_at is None):
        return point
    point.disabled_at = None if is_on else now
    point.failures = 0
    point.save(update_fields=["disabled_at", "failures"])
    action = "contact_point.enabled" if is_on else "contact_point.disabled"
    audit.record(actor=actor, action=action, target=point, now=now)
    return point


@transaction.atomic
def remove_point(*, actor: Actor, point: ContactPoint, now: datetime) -> None:
    """Removes one that was never paged; another one is only switched off, since the history names it.

    One that a policy names stays.
    """
    point = _locked(point)
    uses.refuse_while_named(actor=actor, kind="point", key=point.pk)
    if Page.objects.filter(contact_point=point).exists():
        switch(actor=actor, point=point, is_on=False, now=now)
        return
    audit.record(actor=actor, action="contact_point.removed", target=point, before={"name": point.name}, now=now)
    point.delete()


def _with_secret(
    actor: Actor, point: ContactPoint, change: Callable[[ContactPoint], str], action: str, now: datetime
) -> ContactPoint:
    with transaction.atomic():
        point = _locked(point)
        point.secret = change(point)
        point.save(update_fields=["secret"])
        audit.record(actor=actor, action=action, target=point, now=now)
    return point


def _locked(point: ContactPoint) -> ContactPoint:
    return ContactPoint.objects.select_for_update(of=("self",)).select_related("team").get(pk=point.pk)


def _check(point: ContactPoint) -> None:
    channel = channels.CHANNELS.get(point.kind)
    found = {
        "name": "" if 0 < len(point.name) <= NAME else f"Give it a name of at most {NAME} characters.",
        "kind": "" if channel and channel.for_teams else "Teams cannot be reached like this.",
        "address": channel.check_address(point.address) if channel and point.address else "Give an address.",
    }
    wrong = {name: [text] for name, text in found.items() if text}
    if wrong:
        raise Invalid(fields=wrong)


def _save(point: ContactPoint) -> None:
    try:
        with transaction.atomic():
            point.save()
    except IntegrityError as error:
        raise Conflict(fields={"name": [TAKEN]}) from error
