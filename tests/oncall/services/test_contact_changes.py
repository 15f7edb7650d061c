"""Contacts change."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from oncall.clients import channels
from oncall.models import ContactMethod
from oncall.services import contact_changes, contacts
from oncall.services.contact_changes import Changes
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Conflict, Invalid
from tests.factories.oncall import ContactFactory
from tests.oncall.services.test_contacts import Refusing

ACTOR = Actor.system("test")


def change(contact: ContactMethod, now: datetime, **told: Any) -> ContactMethod:
    return contact_changes.change_contact(actor=ACTOR, contact=contact, changes=Changes(**told), now=now)


@pytest.mark.parametrize(("to", "order"), [(0, "cab"), (1, "acb"), (2, "abc"), (9, "abc")])
def test_the_order_has_no_holes(bob: Any, now: datetime, to: int, order: str) -> None:
    made = [ContactFactory(user=bob, address=f"{name}@example.com", position=4) for name in "abc"]
    change(made[2], now, position=to)
    found = ContactMethod.objects.order_by("position")
    assert ("".join(one.address[0] for one in found), [one.position for one in found]) == (order, [0, 1, 2])


def test_another_address_is_paged_once_its_code_was_entered(bob: Any, now: datetime) -> None:
    contact = change(ContactFactory(user=bob, failures=3, problem="gone"), now, address="new@example.com")
    assert (contact.verified_at, contact.failures, contact.problem) == (None, 0, "")
    code = mail.outbox[0].subject.split()[1]
    assert contacts.verify_contact(actor=ACTOR, contact=contact, code=code, now=now).verified_at == now


def test_an_address_that_takes_no_code_changes_nothing(
    bob: Any, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(channels.CHANNELS, "mail", Refusing())
    contact = ContactFactory(user=bob)
    with pytest.raises(Invalid, match="valid"):
        change(contact, now, address="new@example.com", label="new")
    assert ContactMethod.objects.values_list("address", "label").get() == (contact.address, "")


@pytest.mark.parametrize(("address", "refusal"), [("nonsense", Invalid), ("b@example.com", Conflict)])
def test_an_address_is_checked(bob: Any, now: datetime, address: str, refusal: type[Exception]) -> None:
    ContactFactory(user=bob, address="b@example.com")
    with pytest.raises(refusal):
        change(ContactFactory(user=bob), now, address=address)


def test_codes_are_not_sent_to_many_addresses_at_once(bob: Any, now: datetime) -> None:
    contact = change(ContactFactory(user=bob), now, address="one@example.com")
    with pytest.raises(Conflict, match="a moment ago"):
        change(contact, now + timedelta(seconds=30), address="two@example.com")


def test_a_change_is_audited_and_a_repeat_is_not(bob: Any, now: datetime) -> None:
    contact = ContactFactory(user=bob)
    for _ in range(2):
        contact = change(contact, now, label="Work phone", delay_minutes=5)
    assert AuditEntry.objects.filter(action="contact.changed").count() == 1
