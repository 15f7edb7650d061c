"""By which contact one hears of which class."""

from collections.abc import Callable
from datetime import time
from typing import Any

from django.test import Client

from oncall.models import NotificationRule, QuietHours
from tests.factories.oncall import ContactFactory

ClientFor = Callable[[Any], Client]
URL = "/settings/contacts/rules/"


def test_rules_and_quiet_hours_are_saved_together(client_for: ClientFor, bob: Any) -> None:
    contact = ContactFactory(user=bob)
    night = {"is_quiet": "on", "starts": "22:00", "ends": "07:00", "zone": "Europe/Berlin", "weekdays": ["0", "4"]}
    client_for(bob).post(URL, {"critical-1-contact": contact.pk, "critical-1-delay": 5} | night)
    assert NotificationRule.objects.get().delay_minutes == 5
    assert (QuietHours.objects.get().starts, QuietHours.objects.get().weekdays) == (time(22), [0, 4])


def test_what_is_saved_is_shown_with_room_for_more(client_for: ClientFor, bob: Any) -> None:
    contact = ContactFactory(user=bob)
    NotificationRule.objects.create(user=bob, severity="warning", position=0, contact=contact, delay_minutes=9)
    form = client_for(bob).get(URL).context["form"]
    assert [len(lines) for _, lines in form.rows()] == [2, 3]


def test_only_confirmed_contacts_of_ones_own_are_offered(client_for: ClientFor, alice: Any, bob: Any) -> None:
    ContactFactory(user=bob, address="new@example.com", verified_at=None)
    ContactFactory(user=alice, address="alice.phone@example.com")
    page = client_for(bob).get(URL).content
    assert (b"new@example.com" in page, b"alice.phone" in page) == (False, False)
    assert b"Confirm a contact first" in page


def test_hours_without_a_beginning_are_refused(client_for: ClientFor, bob: Any) -> None:
    answer = client_for(bob).post(URL, {"is_quiet": "on", "starts": "", "ends": "07:00", "zone": "UTC"})
    assert "starts" in answer.context["form"].errors
