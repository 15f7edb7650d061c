"""How a person wants to hear of each class of alerts, and when they are not to be disturbed by what can wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from oncall.models import ContactMethod, NotificationRule, QuietHours
from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from portal.lib.times import known_zones

CLASSES = ("critical", "warning")
MOST_LINES = 8
LONGEST_DELAY = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A contact, used `delay_minutes` after the step of the policy."""

    contact_id: int
    delay_minutes: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """Local hours of `zone`; `weekdays` (0 is Monday) are those on which they begin."""

    zone: str
    starts: time
    ends: time
    weekdays: tuple[int, ...]


@transaction.atomic
def set_all(
    *, actor: Actor, user: User, lines: Mapping[str, Sequence[Line]], quiet: Quiet | None, now: datetime
) -> None:
    """The rules of several classes and the quiet hours at once, or nothing of it."""
    set_classes(actor=actor, user=user, lines=lines, now=now)
    set_quiet_hours(actor=actor, user=user, quiet=quiet, now=now)


@transaction.atomic
def set_classes(*, actor: Actor, user: User, lines: Mapping[str, Sequence[Line]], now: datetime) -> None:
    """The rules of several classes at once, or of none."""
    for severity, of_class in lines.items():
        set_rules(actor=actor, user=user, severity=severity, lines=of_class, now=now)


@transaction.atomic
def set_rules(*, actor: Actor, user: User, severity: str, lines: Sequence[Line], now: datetime) -> None:
    """Replaces the rules of one class; without lines the contacts are used in their order."""
    _check(user, severity, lines)
    before = _lines(user, severity)
    if before == list(lines):
        return
    NotificationRule.objects.filter(user=user, severity=severity).delete()
    rows = [
        NotificationRule(
            user=user,
            severity=severity,
            position=position,
            contact_id=line.contact_id,
            delay_minutes=line.delay_minutes,
        )
        for position, line in enumerate(sorted(lines, key=lambda line: line.delay_minutes))
    ]
    NotificationRule.objects.bulk_create(rows)
    after = {"severity": severity, "lines": len(rows)}
    audit.record(actor=actor, action="notification_rules.changed", target=user, after=after, now=now)


@transaction.atomic
def set_quiet_hours(*, actor: Actor, user: User, quiet: Quiet | None, now: datetime) -> None:
    """Sets or ends the quiet hours; what is critical comes through at any hour."""
    if quiet is None:
        ended, _ = QuietHours.objects.filter(user=user).delete()
        if ended:
            audit.record(actor=actor, action="quiet_hours.ended", target=user, now=now)
        return
    wrong = {
        "zone": [] if quiet.zone in known_zones() else ["There is no such time zone."],
        "ends": ["Choose another end than the beginning."] if quiet.starts == quiet.ends else [],
        "weekdays": [] if set(quiet.weekdays) <= set(range(7)) else ["A weekday is 0 to 6."],
    }
    if any(wrong.values()):
        raise Invalid(fields={name: texts for name, texts in wrong.items() if texts})
    facts = {"zone": quiet.zone, "starts": quiet.starts, "ends": quiet.ends, "weekdays": sorted(quiet.weekdays)}
    QuietHours.objects.update_or_create(user=user, defaults=facts)
    after = {name: str(value) for name, value in facts.items()}
    audit.record(actor=actor, action="quiet_hours.changed", target=user, after=after, now=now)


def _lines(user: User, severity: str) -> list[Line]:
    found = NotificationRule.objects.filter(user=user, severity=severity).order_by("position")
    return [Line(one.contact_id, one.delay_minutes) for one in found]


def _check(user: User, severity: str, lines: Sequence[Line]) -> None:
    own = set(ContactMethod.objects.filter(user=user).values_list("pk", flat=True))
    told = ""
    if severity not in CLASSES:
        told = f"Rules are for {' and '.join(CLASSES)}."
    elif len(lines) > MOST_LINES:
        told = f"At most {MOST_LINES} lines."
    elif any(line.contact_id not in own for line in lines):
        told = "Choose among your own contacts."
    elif any(not 0 <= line.delay_minutes <= LONGEST_DELAY for line in lines):
        told = f"Choose 0 to {LONGEST_DELAY} minutes."
    if told:
        raise Invalid(fields={severity: [told]})
