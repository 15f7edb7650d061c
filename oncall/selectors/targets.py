"""From a step of a policy to people and rooms, and from a person to the rules they are reached by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Max

from oncall.domain import quiet_hours, turns
from oncall.domain.escalation import Notify, Target
from oncall.models import ContactMethod, ContactPoint, NotificationRule, Page, QuietHours, Schedule
from oncall.models.pages import ACCOUNT_RULE
from oncall.selectors import schedules
from portal.accounts.domain.roles import Role
from portal.accounts.models import User
from portal.accounts.selectors import people

WORKING = (Role.RESPONDER, Role.MANAGER)
ROUND = timedelta(weeks=8)


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to one person, used `delay` after the step; `problem` is why it failed last."""

    number: int
    channel: str
    address: str
    delay: timedelta
    contact_id: int | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Who a step means: people who are to answer, copies for those who shadow them, and contact points."""

    people: tuple[User, ...] = ()
    copies: tuple[User, ...] = ()
    points: tuple[ContactPoint, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.people or self.points)

    @property
    def names(self) -> str:
        """All of them in words."""
        shown = [str(one) for one in (*self.people, *self.points)] + [f"{one} (shadow)" for one in self.copies]
        return ", ".join(shown)


@dataclass
class Finder:
    """Answers for the steps of one walk; schedules are read once, and whoever it has asked comes last in turn."""

    team_id: int
    schedules_by_team: dict[int, Sequence[Schedule]] = field(default_factory=dict)
    schedules_by_id: dict[int, Sequence[Schedule]] = field(default_factory=dict)
    had_turn: dict[int, datetime] = field(default_factory=dict)

    def asked(self, step: Notify, *, now: datetime) -> Asked:
        """The active people of a step at `now`, each once; without anybody who can answer there are no copies."""
        found = [self._of_target(target, now) for target in step.targets]
        points = tuple(dict.fromkeys(point for one in found for point in one.points))
        main = _each_once(user for one in found for user in one.people)
        if not main and not points:
            return Asked()
        copies = _each_once(user for one in found for user in one.copies if user not in main)
        self.had_turn |= {user.pk: now for user in (*main, *copies)}
        return Asked(main, copies, points)

    def _of_target(self, target: Target, now: datetime) -> Asked:
        team_id = target.team_id or self.team_id
        match target.kind:
            case "administrators":
                return Asked(tuple(people.administrators()))
            case "team":
                return Asked(tuple(workers_of(team_id)))
            case "person":
                return Asked(tuple(people.users_by_id([target.id or 0]).values()))
            case "point":
                return Asked(points=tuple(ContactPoint.objects.filter(pk=target.id or 0, disabled_at=None)))
            case "round_robin":
                return Asked(self._in_turn(target.id, team_id, now))
            case "schedule":
                return _on_call(self._schedule(target.id or 0), target.role, now)
        return _on_call(self._of_team(team_id), target.kind, now)

    def _in_turn(self, schedule_id: int | None, team_id: int, now: datetime) -> tuple[User, ...]:
        found = self._rotating(schedule_id, now) if schedule_id else workers_of(team_id)
        members = {user.pk: user for user in found if user.is_active}
        chosen = turns.next_in_turn(list(members), last_paged(members) | self.had_turn)
        if chosen is None:
            return ()
        self.had_turn[chosen] = now
        return (members[chosen],)

    def _rotating(self, schedule_id: int, now: datetime) -> list[User]:
        shifts = [shift for one in self._schedule(schedule_id) for shift in schedules.shifts(one, now, now + ROUND)]
        found = {user.pk: user for shift in shifts if shift.role != "shadow" for user in shift.users}
        return [found[pk] for pk in sorted(found)]

    def _of_team(self, team_id: int) -> Sequence[Schedule]:
        if team_id not in self.schedules_by_team:
            self.schedules_by_team[team_id] = schedules.schedules_of(team_id)
        return self.schedules_by_team[team_id]

    def _schedule(self, schedule_id: int) -> Sequence[Schedule]:
        if schedule_id not in self.schedules_by_id:
            self.schedules_by_id[schedule_id] = schedules.schedule_by_id(schedule_id)
        return self.schedules_by_id[schedule_id]


def workers_of(team_id: int) -> list[User]:
    """Those of a team who respond; viewers are not woken."""
    return list(people.team_members(team_id).filter(memberships__role__in=WORKING).distinct())


def last_paged(user_ids: Iterable[int]) -> dict[int, datetime]:
    """When each of these people was paged last."""
    found = Page.objects.filter(user_id__in=list(user_ids)).values("user_id").annotate(at=Max("created_at"))
    return {row["user_id"]: row["at"] for row in found.order_by()}


def rules_of(user: User, severity: str = "critical") -> list[Rule]:
    """How the person wants to hear of this class of alerts; else their contacts in order; else the account's mail.

    Only verified contacts count.
    """
    chosen = NotificationRule.objects.filter(user=user, severity=severity, contact__verified_at__isnull=False)
    lines = [(one.contact, one.delay_minutes) for one in chosen.select_related("contact").order_by("position", "pk")]
    if not lines:
        contacts = ContactMethod.objects.filter(user=user, verified_at__isnull=False).order_by("position", "pk")
        lines = [(contact, contact.delay_minutes) for contact in contacts]
    rules = [
        Rule(number, contact.kind, contact.address, timedelta(minutes=minutes), contact.pk, contact.problem)
        for number, (contact, minutes) in enumerate(lines)
    ]
    return rules or [account_rule(user)]


def account_rule(user: User) -> Rule:
    """The last resort: the mail address of the account, which was verified when the account was made."""
    return Rule(ACCOUNT_RULE, "mail", user.email, timedelta(), None)


def earliest_for(user: User, severity: str, at: datetime) -> datetime:
    """`at`, or the end of the person's quiet hours where the alert is not critical."""
    if quiet_hours.disturbs(severity):
        return at
    quiet = QuietHours.objects.filter(user=user).first()
    if quiet is None:
        return at
    days = tuple(quiet.weekdays)
    return quiet_hours.earliest(at, starts=quiet.starts, ends=quiet.ends, zone=quiet.zone, weekdays=days)


def _on_call(found: Sequence[Schedule], role: str, now: datetime) -> Asked:
    """Whoever holds the role; a role that several schedules fill means all of them, and shadows hear the primary's."""
    held = schedules.on_call_of(found, now=now)
    shadows = tuple(one.user for one in held if one.role == "shadow") if role in {"primary", "shadow"} else ()
    return Asked(() if role == "shadow" else tuple(one.user for one in held if one.role == role), shadows)


def _each_once(users: Iterable[User]) -> tuple[User, ...]:
    return tuple(user for user in dict.fromkeys(users) if user.is_active)
