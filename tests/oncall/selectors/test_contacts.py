"""How a person wants to be reached."""

from datetime import time
from typing import Any

from oncall.models import NotificationRule, QuietHours
from oncall.selectors import contacts
from tests.factories.oncall import ContactFactory


def test_rules_come_by_class_in_their_order(bob: Any) -> None:
    contact = ContactFactory(user=bob)
    for severity, position in (("warning", 0), ("critical", 1), ("critical", 0)):
        NotificationRule.objects.create(user=bob, severity=severity, position=position, contact=contact)
    found = contacts.rules_of(bob.pk)
    assert {one: [rule.position for rule in rules] for one, rules in found.items()} == {
        "critical": [0, 1],
        "warning": [0],
    }


def test_quiet_hours_are_ones_own(alice: Any, bob: Any) -> None:
    quiet = QuietHours.objects.create(user=bob, zone="UTC", starts=time(22), ends=time(7))
    assert (contacts.quiet_hours_of(alice.pk), contacts.quiet_hours_of(bob.pk)) == (None, quiet)
