"""Contacts change: their label, delay and place in the order; another address is proved like a new one."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from oncall.clients import channels
from oncall.exceptions import DeliveryError
from oncall.models import ContactMethod
from oncall.services import contacts
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.services import audit
from portal.lib.errors import Conflict, Invalid


@dataclass(frozen=True, slots=True)
class Changes:
    """What is told changes, None stays. `position` counts from 0; beyond the last place means the last."""

    label: str | None = None
    delay_minutes: int | None = None
    address: str | None = None
    position: int | None = None


def change_contact(*, actor: Actor, contact: ContactMethod, changes: Changes, now: datetime) -> ContactMethod:
    """Applies the changes at once, or none of them.

    Another address gets a code, and nobody pages it before that is entered; where the code does not get out, nothing
    changes. Repeats change nothing.
    """
    address = contact.address if changes.address is None else changes.address.strip()
    code = _proof(contact, address, now) if address != contact.address else ""
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=contact.user_id)
        own = list(ContactMethod.objects.filter(user_id=contact.user_id).order_by("position", "pk"))
        contact = next(one for one in own if one.pk == contact.pk)
        before = _facts(contact)
        _fill(contact, changes)
        if code:
            _move_to(contact, address, code, now)
        if changes.position is not None:
            own.remove(contact)
            own.insert(changes.position, contact)
        _number(own)
        contact.save()
        if before != _facts(contact):
            after = _facts(contact)
            audit.record(actor=actor, action="contact.changed", target=contact, before=before, after=after, now=now)
    return contact


def _proof(contact: ContactMethod, address: str, now: datetime) -> str:
    """The code that was sent to the new address."""
    channel = channels.get(contact.kind)
    if wrong := channel.check_address(address):
        raise Invalid(fields={"address": [wrong]})
    if ContactMethod.objects.filter(user_id=contact.user_id, kind=contact.kind, address=address).exists():
        raise Conflict(fields={"address": [contacts.HAVE_IT]})
    if contact.code_sent_at is not None and now - contact.code_sent_at < contacts.ANOTHER_AFTER:
        raise Conflict("A code was sent a moment ago; wait a minute before you change the address.")
    code = contacts.new_code()
    there = ContactMethod(pk=contact.pk, public_id=contact.public_id, kind=contact.kind, address=address)
    there.secret = contact.secret
    try:
        contacts.send_code(there, code)
    except DeliveryError as error:
        raise Invalid(fields={"address": [f"The test message did not get out: {error.reason}"]}) from error
    return code


def _fill(contact: ContactMethod, changes: Changes) -> None:
    contact.label = contact.label if changes.label is None else changes.label.strip()
    if changes.delay_minutes is not None:
        contact.delay_minutes = changes.delay_minutes


def _move_to(contact: ContactMethod, address: str, code: str, now: datetime) -> None:
    contact.address, contact.verified_at = address, None
    contact.code_hash, contact.code_sent_at, contact.code_tries = contacts.hash_of(contact, code), now, 0
    contact.failures, contact.problem, contact.last_sent_at, contact.checked_at = 0, "", None, None


def _number(own: list[ContactMethod]) -> None:
    for position, one in enumerate(own):
        if one.position != position:
            one.position = position
            ContactMethod.objects.filter(pk=one.pk).update(position=position)


def _facts(contact: ContactMethod) -> dict[str, object]:
    return {name: getattr(contact, name) for name in asdict(Changes())}
