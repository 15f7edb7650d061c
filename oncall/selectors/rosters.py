"""Who is on call for what, by person, by service and by team."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from oncall.models import Schedule, Swap
from oncall.selectors import duties, schedules
from oncall.selectors.schedules import OnCall, Shift
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.catalog.models import Service

MOST = 12


@dataclass(frozen=True, slots=True)
class Mine:
    """One shift of a person."""

    schedule: Schedule
    shift: Shift


@dataclass(frozen=True, slots=True)
class Answer:
    """Who answers for a team now, or for one service of it."""

    team: Team
    service: Service | None
    on_call: Sequence[OnCall]


def shifts_of_person(user_id: int, start: datetime, end: datetime) -> list[Mine]:
    """The shifts of a person over all schedules, in order of time."""
    found = schedules.schedules_with(user_id)
    lines = schedules.shifts_of(found, start, end) if found else []
    mine = [
        Mine(schedule, shift)
        for schedule, line in zip(found, lines, strict=True)
        for shift in line
        if any(user.pk == user_id for user in shift.users)
    ]
    return sorted(mine, key=lambda one: (one.shift.start, one.schedule.name, one.shift.role))


def swaps_for(actor: Actor, now: datetime) -> QuerySet[Swap]:
    """The offers of one's own teams: to everybody, to oneself, and one's own."""
    found = duties.open_swaps(actor, now).filter(schedule__team__in=sorted(actor.team_ids))
    user_id = actor.user_id or 0
    return found.filter(Q(offered_to=None) | Q(offered_to_id=user_id) | Q(person_id=user_id))


def answers(actor: Actor, text: str, *, now: datetime) -> list[Answer]:
    """The services and teams that a text names, the exact ones first, each with who is on call for it."""
    services = list(catalog.search(catalog.services(actor), text=text)[:MOST])
    teams = list(people.teams(actor).filter(Q(name__icontains=text) | Q(slug__icontains=text))[:MOST])
    found: list[tuple[Team, Service | None]] = [(one.team, one) for one in services]
    found += [(team, None) for team in teams]
    found.sort(key=lambda pair: str(pair[1] or pair[0]).lower() != text.lower())
    visible = schedules.schedules(actor).filter(team__in={team.pk for team, _ in found})
    on_call = schedules.on_call_of(visible, now=now, horizon=schedules.PUBLISHED)
    return [
        Answer(team, service, [one for one in on_call if one.schedule.team_id == team.pk]) for team, service in found
    ]
