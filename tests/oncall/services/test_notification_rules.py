"""How a person wants to hear of each class of alerts."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pytest

from oncall.models import NotificationRule, QuietHours
from oncall.selectors import targets
from oncall.services import notification_rules
from oncall.services.notification_rules import Line, Quiet
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from tests.factories.oncall import ContactFactory

ACTOR = Actor.system("test")
NIGHT = Quiet("Europe/Berlin", time(22), time(7), (0, 1))


def set_lines(user: Any, now: datetime, *lines: Line, severity: str = "critical") -> None:
    notification_rules.set_rules(actor=ACTOR, user=user, severity=severity, lines=lines, now=now)


def test_the_pager_follows_them_in_the_order_of_their_delays(bob: Any, now: datetime) -> None:
    first, second = ContactFactory.create_batch(2, user=bob)
    set_lines(bob, now, Line(first.pk, 5), Line(second.pk, 0))
    assert [rule.contact_id for rule in targets.rules_of(bob, "critical")] == [second.pk, first.pk]


def test_saving_the_same_again_writes_nothing(bob: Any, now: datetime) -> None:
    line = Line(ContactFactory(user=bob).pk, 0)
    for _ in range(2):
        set_lines(bob, now, line)
    assert AuditEntry.objects.filter(action="notification_rules.changed").count() == 1


def test_without_lines_the_rules_of_a_class_end(bob: Any, now: datetime) -> None:
    set_lines(bob, now, Line(ContactFactory(user=bob).pk, 0))
    set_lines(bob, now)
    assert not NotificationRule.objects.exists()


@pytest.mark.parametrize(("severity", "delay", "count"), [("info", 0, 1), ("critical", 61, 1), ("critical", 0, 9)])
def test_what_is_out_of_bounds_is_refused(bob: Any, now: datetime, severity: str, delay: int, count: int) -> None:
    line = Line(ContactFactory(user=bob).pk, delay)
    with pytest.raises(Invalid):
        set_lines(bob, now, *[line] * count, severity=severity)


def test_another_persons_contact_is_refused(alice: Any, bob: Any, now: datetime) -> None:
    with pytest.raises(Invalid):
        set_lines(bob, now, Line(ContactFactory(user=alice).pk, 0))


def test_quiet_hours_are_set_and_ended(bob: Any, now: datetime) -> None:
    for quiet in (NIGHT, replace(NIGHT, zone="UTC"), None, None):
        notification_rules.set_quiet_hours(actor=ACTOR, user=bob, quiet=quiet, now=now)
    told = AuditEntry.objects.filter(action__startswith="quiet_hours").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["quiet_hours.changed", "quiet_hours.changed", "quiet_hours.ended"]
    assert not QuietHours.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("zone", "Mars/Base"), ("ends", time(22)), ("weekdays", (7,))])
def test_hours_that_cannot_be_are_refused(bob: Any, now: datetime, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        notification_rules.set_quiet_hours(actor=ACTOR, user=bob, quiet=replace(NIGHT, **{field: value}), now=now)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("wrong", ["lines", "quiet"])
def test_all_of_it_or_nothing(bob: Any, now: datetime, wrong: str) -> None:
    own = Line(ContactFactory(user=bob).pk, 0)
    bad = {"lines": {"critical": [own], "warning": [Line(999, 0)]}, "quiet": replace(NIGHT, ends=NIGHT.starts)}
    told: dict[str, Any] = {"lines": {"critical": [own]}, "quiet": NIGHT, wrong: bad[wrong]}
    with pytest.raises(Invalid):
        notification_rules.set_all(actor=ACTOR, user=bob, **told, now=now)
    assert (QuietHours.objects.count(), NotificationRule.objects.count()) == (0, 0)
