"""Contacts are added, proved and removed by their owner."""

from datetime import datetime
from typing import Any

import pytest
from django.core import mail

from oncall.clients import channels
from oncall.domain.messages import Message, Receipt
from oncall.exceptions import DeliveryError
from oncall.models import ContactMethod
from oncall.services import contacts
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from tests.factories.oncall import ContactFactory

ACTOR = Actor.system("test")


def add(user: Any, now: datetime, address: str = "b@example.com") -> ContactMethod:
    where: dict[str, Any] = {"kind": "mail", "address": address, "delay_minutes": 0}
    return contacts.add_contact(actor=ACTOR, user_id=user.pk, **where, now=now)


class Refusing:
    """A mail channel that takes nothing."""

    kind = "mail"
    label = "Mail"
    hint = ""
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        return ""

    def send(self, message: Message) -> Receipt:
        raise DeliveryError("550 unknown", permanent=True)


def test_contacts_keep_their_order(bob: Any, now: datetime) -> None:
    assert [add(bob, now, f"{name}@example.com").position for name in "abc"] == [0, 1, 2]


def test_the_code_is_sent_and_not_stored(bob: Any, now: datetime) -> None:
    contact = add(bob, now)
    code = mail.outbox[0].subject.split()[1]
    assert code not in str(vars(contact))


def test_a_contact_that_cannot_be_reached_is_not_kept(bob: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(channels.CHANNELS, "mail", Refusing())
    with pytest.raises(Invalid, match="valid"):
        add(bob, now)
    assert not ContactMethod.objects.exists()


def test_proving_twice_changes_nothing(bob: Any, now: datetime) -> None:
    contact = ContactFactory(user=bob)
    assert contacts.verify_contact(actor=ACTOR, contact=contact, code="", now=now).verified_at == contact.verified_at


def test_each_webhook_has_a_secret_of_its_own(bob: Any) -> None:
    first, second = ContactFactory.create_batch(2, user=bob, kind="webhook")
    assert contacts.signing_secret(first) != contacts.signing_secret(second)


def test_removing_is_audited(bob: Any, now: datetime) -> None:
    contacts.remove_contact(actor=ACTOR, contact=ContactFactory(user=bob), now=now)
    assert AuditEntry.objects.filter(action="contact.removed").exists()
