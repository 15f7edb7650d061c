"""How people are reached: contacts are added, proved and removed by their owner."""

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max
from django.utils.crypto import constant_time_compare, salted_hmac

from oncall.clients import channels
from oncall.domain.messages import Message
from oncall.exceptions import CodeWrong, DeliveryError
from oncall.models import ContactMethod, ContactPoint
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib import sealing
from portal.lib.errors import Conflict, Invalid

CODE_LIFETIME = timedelta(minutes=15)
CODE_TRIES = 5
ANOTHER_AFTER = timedelta(minutes=1)
MOST = 20
HAVE_IT = "You have this contact already."


def add_contact(
    *, actor: Actor, user_id: int, kind: str, address: str, delay_minutes: int, now: datetime, label: str = ""
) -> ContactMethod:
    """Adds a contact that cannot be paged yet, and sends it a code; when that does not get out, nothing is added."""
    channel = channels.CHANNELS.get(kind)
    if channel is None or not channel.for_people:
        raise Invalid(fields={"kind": ["People cannot be reached like this."]})
    if wrong := channel.check_address(address.strip()):
        raise Invalid(fields={"address": [wrong]})
    code = new_code()
    contact = ContactMethod(user_id=user_id, kind=kind, address=address.strip(), delay_minutes=delay_minutes)
    contact.label, contact.code_sent_at = label.strip(), now
    _store(actor, contact, code, now)
    try:
        send_code(contact, code)
    except DeliveryError as error:
        contact.delete()
        raise Invalid(fields={"address": [f"The test message did not get out: {error.reason}"]}) from error
    return contact


def send_another_code(*, contact: ContactMethod, now: datetime) -> None:
    """Sends a code once more, at most once a minute; the one from before is void."""
    if contact.verified_at is not None:
        return
    if contact.code_sent_at is not None and now - contact.code_sent_at < ANOTHER_AFTER:
        raise Conflict("A code was sent a moment ago; wait a minute before you ask for another one.")
    code = new_code()
    contact.code_hash, contact.code_sent_at, contact.code_tries = hash_of(contact, code), now, 0
    contact.save(update_fields=["code_hash", "code_sent_at", "code_tries"])
    try:
        send_code(contact, code)
    except DeliveryError as error:
        raise Conflict(f"The code did not get out: {error.reason}") from error


def change_secret(*, actor: Actor, contact: ContactMethod, end_old: bool, now: datetime) -> None:
    """Another secret signs beside the present one; with `end_old` only the newest signs."""
    contact.secret = only_newest(contact) if end_old else rotated(contact)
    with transaction.atomic():
        contact.save(update_fields=["secret"])
        audit.record(actor=actor, action="contact.secret_changed", target=contact, now=now)


@transaction.atomic
def verify_contact(*, actor: Actor, contact: ContactMethod, code: str, now: datetime) -> ContactMethod:
    """Proves that the code arrived; from now on the contact is paged. Five wrong tries spend the code."""
    contact = ContactMethod.objects.select_for_update().get(pk=contact.pk)
    if contact.verified_at is not None:
        return contact
    fresh = contact.code_sent_at is not None and now - contact.code_sent_at <= CODE_LIFETIME
    right = constant_time_compare(contact.code_hash, hash_of(contact, code.strip()))
    if not (fresh and right and contact.code_tries < CODE_TRIES):
        raise CodeWrong(fields={"code": [CodeWrong.title]})
    contact.verified_at, contact.code_hash = now, ""
    contact.save()
    audit.record(actor=actor, action="contact.verified", target=contact, after={"verified_at": now}, now=now)
    return contact


def count_wrong_code(*, contact: ContactMethod) -> None:
    """Remembers one wrong try, outside the transaction that refused it."""
    ContactMethod.objects.filter(pk=contact.pk).update(code_tries=F("code_tries") + 1)


@transaction.atomic
def remove_contact(*, actor: Actor, contact: ContactMethod, now: datetime) -> None:
    """Removes a contact; pages that wait for it move on to the next rule when they are due."""
    before = {"kind": contact.kind, "address": contact.address}
    audit.record(actor=actor, action="contact.removed", target=contact, before=before, now=now)
    behind = ContactMethod.objects.filter(user_id=contact.user_id, position__gt=contact.position)
    behind.update(position=F("position") - 1)
    contact.delete()


def signing_secret(owner: ContactMethod | ContactPoint) -> str:
    """What signs pages to this webhook: a secret that its owner sees, or two with a comma while one takes over."""
    return sealing.unseal(owner.secret) or first_secret(owner.public_id)


def first_secret(public_id: str) -> str:
    """The secret that a webhook begins with."""
    return salted_hmac("oncall.webhook", public_id, algorithm="sha256").hexdigest()


def rotated(owner: ContactMethod | ContactPoint) -> str:
    """Another secret before the present one, sealed; a third one is forgotten."""
    present = signing_secret(owner).split(",")[0]
    return sealing.seal(f"{secrets.token_hex(32)},{present}")


def only_newest(owner: ContactMethod | ContactPoint) -> str:
    """The newest secret alone, sealed."""
    return sealing.seal(signing_secret(owner).split(",")[0])


def new_code() -> str:
    """Six digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def send_code(contact: ContactMethod, code: str) -> None:
    """Sends the code to the contact's address; DeliveryError when it does not get out."""
    text = f"Enter this code in the portal to be paged here: {code}\n\nIt is good for 15 minutes.\n"
    message = Message(
        page_id=f"{contact.public_id}_{secrets.token_hex(4)}",
        address=contact.address,
        subject=f"Enter {code} to confirm this contact",
        text=text,
        short=f"Your code for the portal is {', '.join(code) if contact.kind == 'voice' else code}.",
        secret=signing_secret(contact),
        facts={"code": code},
    )
    channels.get(contact.kind).send(message)


def hash_of(contact: ContactMethod, code: str) -> str:
    """What is kept of a code."""
    return salted_hmac("oncall.contact", f"{contact.public_id}:{code}", algorithm="sha256").hexdigest()


@transaction.atomic
def _store(actor: Actor, contact: ContactMethod, code: str, now: datetime) -> None:
    own = ContactMethod.objects.filter(user_id=contact.user_id).aggregate(last=Max("position"), count=Count("pk"))
    if own["count"] >= MOST:
        raise Conflict(f"{MOST} contacts are the most; remove one first.")
    contact.position = 0 if own["last"] is None else own["last"] + 1
    try:
        with transaction.atomic():
            contact.save()
    except IntegrityError as error:
        raise Conflict(fields={"address": [HAVE_IT]}) from error
    contact.code_hash = hash_of(contact, code)
    contact.save(update_fields=["code_hash"])
    after = {name: getattr(contact, name) for name in ("kind", "address", "label", "delay_minutes")}
    audit.record(actor=actor, action="contact.added", target=contact, after=after, now=now)
