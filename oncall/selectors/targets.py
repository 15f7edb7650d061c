"""From a step of a policy to people, and from a person to the rules they are reached by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall.domain.escalation import Step
from oncall.models import ContactMethod, Schedule
from oncall.models.pages import ACCOUNT_RULE
from oncall.selectors import schedules
from portal.accounts.domain.roles import Role
from portal.accounts.models import User
from portal.accounts.selectors import people


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to one person, used `delay` after the step."""

    number: int
    channel: str
    address: str
    delay: timedelta
    contact_id: int | None


def people_of(
    step: Step, *, team_id: int, now: datetime, team_schedules: Sequence[Schedule] | None = None
) -> list[User]:
    """The active people a step means at `now`, each once; a role that several schedules fill means all of them.

    `team_schedules` saves reading them again for a caller that asks about several steps.
    """
    if step.target == "administrators":
        return list(people.administrators())
    if step.target == "team":
        working = [Role.RESPONDER, Role.MANAGER]
        return list(people.team_members(team_id).filter(memberships__role__in=working).distinct())
    if step.target == "person":
        named = people.users_by_id([step.user_id] if step.user_id else [])
        return [user for user in named.values() if user.is_active]
    found = schedules.schedules_of(team_id) if team_schedules is None else team_schedules
    held = [one.user for one in schedules.on_call_of(found, now=now) if one.role == step.target]
    return [user for user in dict.fromkeys(held) if user.is_active]


def rules_of(user: User) -> list[Rule]:
    """The verified contacts in order; without any, the mail address that the person signs in with."""
    contacts = ContactMethod.objects.filter(user=user, verified_at__isnull=False).order_by("position", "pk")
    rules = [
        Rule(number, one.kind, one.address, timedelta(minutes=one.delay_minutes), one.pk)
        for number, one in enumerate(contacts)
    ]
    return rules or [account_rule(user)]


def account_rule(user: User) -> Rule:
    """The last resort: the mail address of the account, which was verified when the account was made."""
    return Rule(ACCOUNT_RULE, "mail", user.email, timedelta(), None)
