"""The self-test of paging: who would not be reached is told before they are needed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from oncall.models import ContactMethod, DutyNotice, EscalationPolicy, Schedule, WatchNotice
from oncall.selectors import foretelling, schedules, step_uses
from portal.accounts.domain.roles import Role
from portal.accounts.models import User
from portal.accounts.selectors import people

TOPIC = "self-test"
EVERY = timedelta(days=1)
AHEAD = timedelta(days=7)
CATCH_ALL = "the administrators"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and who is to mend it. `key` makes it told once a week."""

    key: str
    subject: str
    text: str
    people: Sequence[User]


def check_due(*, now: datetime) -> int:
    """Looks once a day and tells each finding once a week; says how many mails were written.

    Mails are rows here, sent by the tick of duty notices; a repeat writes nothing.
    """
    if not _claim(now):
        return 0
    year, week, _ = now.isocalendar()
    rows = [
        DutyNotice(
            user=user,
            key=f"{finding.key}:{user.pk}:{year}-{week}",
            subject=finding.subject,
            body=finding.text,
            due_at=now,
            created_at=now,
        )
        for finding in findings(now)
        for user in finding.people
    ]
    before = DutyNotice.objects.count()
    DutyNotice.objects.bulk_create(rows, ignore_conflicts=True)
    return DutyNotice.objects.count() - before


def findings(now: datetime) -> Iterator[Finding]:
    """People on call within a week who have no working contact, and policies that reach nobody."""
    yield from _people(now)
    yield from _policies(now)


def _people(now: datetime) -> Iterator[Finding]:
    url = f"{settings.PORTAL_BASE_URL}{reverse('contact_list')}"
    for user in _on_call_soon(now):
        contacts = ContactMethod.objects.filter(user=user, verified_at__isnull=False)
        broken = [f"{one.kind} {one.address}: {one.problem}" for one in contacts.exclude(problem="")]
        if contacts.filter(problem="").exists():
            continue
        why = "\n".join(broken) or "You have no verified contact."
        text = (
            "You are on call within the next seven days, and pages would only reach the mail address of your account"
            f" ({user.email}).\n\n{why}\n\nAdd or mend a contact now: {url}\n"
        )
        yield Finding("contacts", "Add a contact: you are on call soon", text, [user])


def _on_call_soon(now: datetime) -> list[User]:
    found = Schedule.objects.filter(archived_at=None).values_list("team_id", flat=True).distinct()
    shifts = [
        shift
        for team_id in found.order_by()
        for schedule in schedules.schedules_of(team_id)
        for shift in schedules.shifts(schedule, now, now + AHEAD)
    ]
    users = {user.pk: user for shift in shifts for user in shift.users if user.is_active}
    return list(users.values())


def _policies(now: datetime) -> Iterator[Finding]:
    found = list(EscalationPolicy.objects.filter(archived_at=None).select_related("team"))
    broken = step_uses.broken_policies(found)
    for policy in found:
        url = f"{settings.PORTAL_BASE_URL}{reverse('policy_detail', args=[policy.public_id])}"
        if policy.pk in broken:
            yield _broken_steps(policy, broken[policy.pk], url)
        foretold = foretelling.of_policy(policy, at=now, severity=policy.severities[0])
        if any(ask.asked for ask in foretold.asks if ask.target != CATCH_ALL):
            continue
        text = (
            f"If an alert of {policy.team} fired now, {policy.name} would reach nobody of the team, only the"
            f" administrators.\n\nSee who is asked when: {url}\n"
        )
        yield Finding(f"policy:{policy.pk}", f"Mend the escalation of {policy.team}"[:200], text, _menders(policy))


def _broken_steps(policy: EscalationPolicy, problems: Mapping[int, Sequence[str]], url: str) -> Finding:
    lines = "\n".join(f"Step {index + 1}: {text}" for index, texts in problems.items() for text in texts)
    text = f"{policy.name} of {policy.team} names what would be passed over when it is needed.\n\n{lines}\n\n{url}\n"
    return Finding(f"policy-steps:{policy.pk}", f"Mend the steps of {policy.name}"[:200], text, _menders(policy))


def _menders(policy: EscalationPolicy) -> list[User]:
    managers = Q(memberships__team_id=policy.team_id, memberships__role=Role.MANAGER)
    found = User.objects.filter(managers, is_active=True).distinct()
    return list(found) or list(people.administrators())


@transaction.atomic
def _claim(now: datetime) -> bool:
    notice, created = WatchNotice.objects.select_for_update().get_or_create(topic=TOPIC, defaults={"told_at": now})
    if not created and now - notice.told_at < EVERY:
        return False
    notice.told_at = now
    notice.save(update_fields=["told_at"])
    return True
