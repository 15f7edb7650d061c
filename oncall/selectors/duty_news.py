"""What people are to be told about duty now. Facts are rows and the resolver's word; each has a key, told once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from oncall.domain import changes, coverage, definitions, duty_words, resolver
from oncall.models import Override, Schedule, ScheduleVersion, Swap
from oncall.selectors import handoffs, planning, schedules, targets
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import User
from portal.accounts.selectors import people

AHEAD = timedelta(days=7)
FRESH = timedelta(days=1)
HANDOFF = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class News:
    """One mail to one person; `key` makes it told once."""

    user: User
    key: str
    subject: str
    body: str


@dataclass
class Teams:
    """The people of teams, read once each."""

    known: dict[tuple[int, str], list[User]] = field(default_factory=dict)

    def managers(self, team_id: int) -> list[User]:
        """Who plans for a team."""
        if (team_id, "managers") not in self.known:
            found = people.team_members(team_id).filter(memberships__team_id=team_id, memberships__role=Role.MANAGER)
            self.known[team_id, "managers"] = list(found.distinct())
        return self.known[team_id, "managers"]

    def workers(self, team_id: int) -> list[User]:
        """Who may take a shift."""
        if (team_id, "workers") not in self.known:
            self.known[team_id, "workers"] = targets.workers_of(team_id)
        return self.known[team_id, "workers"]


def news(now: datetime) -> Iterator[News]:
    """All of it, schedule by schedule."""
    teams = Teams()
    for schedule in schedules.schedules(Actor.system("duty")):
        found = schedules.segments(schedule, now - HANDOFF, now + AHEAD)
        begun = duty_words.starts(found, now - HANDOFF)
        users = people.users_by_id(int(one.person) for one in begun)
        yield from _reminders(schedule, begun, users, now)
        yield from _handoffs(schedule, begun, users, now)
        yield from _warnings(schedule, teams, now)
        yield from _moved(schedule, now)
        yield from _overridden(schedule, now)
    yield from _swapped(teams, now)


def _reminders(
    schedule: Schedule, begun: Iterable[duty_words.Start], users: dict[int, User], now: datetime
) -> Iterator[News]:
    for one in begun:
        lead, user = duty_words.lead_reached(one.at, now), users.get(int(one.person))
        if lead is not None and user is not None:
            when = duty_words.moment(one.at, user.time_zone)
            key = f"reminder:{schedule.pk}:{one.role}:{user.pk}:{one.at.isoformat()}:{lead.total_seconds():.0f}"
            lines = [f"Until {duty_words.moment(one.until, user.time_zone)}"] if one.until < now + AHEAD else []
            text = f"You come on call as {one.role} of {schedule} on {when}."
            yield News(user, key, f"On call from {when}: {schedule}", duty_words.body(text, lines, url_of(schedule)))


def _handoffs(
    schedule: Schedule, begun: Iterable[duty_words.Start], users: dict[int, User], now: datetime
) -> Iterator[News]:
    """Whoever has just come on call gets the last note and the open alerts."""
    fresh = [one for one in begun if one.at <= now and one.role != resolver.SHADOW]
    note = handoffs.last_note(schedule) if fresh else None
    alerts = handoffs.open_alerts(schedule) if fresh else []
    lines = [f"{note.author} wrote on {note.created_at:%d %b, %H:%M} UTC:\n{note.text}\n"] if note else []
    lines += [f"Open: {alert} ({alert.severity}, {alert.status})" for alert in alerts] or ["No alert is open."]
    for one in fresh:
        if (user := users.get(int(one.person))) is not None:
            key = f"handoff:{schedule.pk}:{one.role}:{user.pk}:{one.at.isoformat()}"
            url = f"{settings.PORTAL_BASE_URL}{reverse('schedule_handoff', args=[schedule.public_id])}"
            text = duty_words.body(f"You are {one.role} of {schedule} now.", lines, url)
            yield News(user, key, f"You are on call: {schedule}", text)


def _warnings(schedule: Schedule, teams: Teams, now: datetime) -> Iterator[News]:
    """Gaps of the next days once a week and version, and a rotation of fewer than three people once a version."""
    version = schedules.current_version(schedule, now)
    if version is None:
        return
    year, week, _ = now.isocalendar()
    gaps = schedules.gaps(schedule, now, now + AHEAD)
    active = people.users_by_id(int(key) for key in definitions.people_of(version.definition) if key.isdecimal())
    few = coverage.too_few(str(pk) for pk, user in active.items() if user.is_active)
    for user in teams.managers(schedule.team_id) if gaps or few else ():
        if gaps:
            text = duty_words.body("In the next week:", duty_words.gaps(gaps, user.time_zone), url_of(schedule))
            key = f"gaps:{schedule.pk}:{version.pk}:{year}-{week}:{user.pk}"
            yield News(user, key, f"Nobody is on call at times: {schedule}", text)
        if few:
            key = f"few:{schedule.pk}:{version.pk}:{user.pk}"
            yield News(user, key, f"Too few people: {schedule}", duty_words.body(few, [], url_of(schedule)))


def _moved(schedule: Schedule, now: datetime) -> Iterator[News]:
    """Whoever gains or loses shifts by a version that was opened or planned, but for whoever wrote it."""
    versions = [one for one in schedule.versions.all() if not planning.is_void(one)]
    for version in versions:
        before = next((one for one in versions if one.effective_until == version.effective_from), None)
        if before is None or version.effective_from < now - FRESH:
            continue
        moves = _moves(schedule, before, version)
        keys = {key for move in moves for key in {*move.before} ^ {*move.after}} - {str(version.created_by_id)}
        for pk, user in people.users_by_id(int(key) for key in keys).items():
            lines = duty_words.moved(moves, str(pk), user.time_zone)
            since = duty_words.moment(version.effective_from, user.time_zone)
            text = f"{schedule} was changed from {since} on{f': {version.note}' if version.note else '.'}"
            key = f"moved:{version.pk}:{pk}"
            yield News(user, key, f"Your shifts moved: {schedule}", duty_words.body(text, lines, url_of(schedule)))


def _moves(schedule: Schedule, before: ScheduleVersion, after: ScheduleVersion) -> list[changes.Move]:
    start = after.effective_from
    end = min(start + schedules.PUBLISHED, after.effective_until or start + schedules.PUBLISHED)
    _, overrides, swaps = planning.inputs(schedule, start, end)
    lines = [
        resolver.resolve(
            [*planning.definition_of(one).layers, *planning.calendars(schedule)], overrides, start, end, swaps=swaps
        )
        for one in (before, after)
    ]
    return changes.moves(*lines)


def _overridden(schedule: Schedule, now: datetime) -> Iterator[News]:
    """Whoever an override puts on call or relieves, but for whoever made it."""
    for override in schedule.overrides.all():
        if override.created_at < now - FRESH or override.ends_at <= now:
            continue
        moves = [move for move in _moves_of(schedule, override) if str(override.user_id) in move.after]
        keys = {key for move in moves for key in {*move.before} ^ {*move.after}} - {str(override.created_by_id)}
        for pk, user in people.users_by_id(int(key) for key in keys).items():
            lines = duty_words.moved(moves, str(pk), user.time_zone)
            text = f"An override of {schedule}{f': {override.reason}' if override.reason else '.'}"
            subject = f"{'You take over' if pk == override.user_id else 'You are relieved'}: {schedule}"
            yield News(user, f"override:{override.pk}:{pk}", subject, duty_words.body(text, lines, url_of(schedule)))


def _moves_of(schedule: Schedule, override: Override) -> list[changes.Move]:
    start, end = override.starts_at, min(override.ends_at, override.starts_at + schedules.PUBLISHED)
    given, overrides, swaps = planning.inputs(schedule, start, end)
    own = resolver.Override(
        override.role, str(override.user_id), override.starts_at, override.ends_at, str(override.replaces_id or "")
    )
    without = [one for one in overrides if one != own]
    before, after = (resolver.resolve(given, some, start, end, swaps=swaps) for some in (without, overrides))
    return changes.moves(before, after)


def _swapped(teams: Teams, now: datetime) -> Iterator[News]:
    """Offers to whoever may take them, and to the person what became of theirs."""
    related = ("schedule__team", "person", "taker", "offered_to")
    live = Swap.objects.filter(schedule__archived_at=None).select_related(*related)
    for swap in live.filter(status=Swap.Status.OPEN, created_at__gt=now - FRESH, ends_at__gt=now):
        asked = [swap.offered_to] if swap.offered_to else teams.workers(swap.schedule.team_id)
        for user in asked:
            if user.pk != swap.person_id:
                yield _offered(swap, user)
    for swap in live.filter(status__in=[Swap.Status.TAKEN, Swap.Status.EXPIRED], settled_at__gt=now - FRESH):
        yield _settled(swap)


def _offered(swap: Swap, user: User) -> News:
    url = f"{settings.PORTAL_BASE_URL}{reverse('swap_take', args=[swap.public_id])}"
    text = f"{swap.person} asks for cover in {swap.schedule}{f': {swap.note}' if swap.note else '.'}"
    lines = [f"{swap.role or 'Every role'}: {duty_words.span(swap.starts_at, swap.ends_at, user.time_zone)}"]
    key = f"swap-offered:{swap.pk}:{user.pk}"
    return News(user, key, f"Can you take a shift? {swap.schedule}", duty_words.body(text, lines, url))


def _settled(swap: Swap) -> News:
    when = duty_words.span(swap.starts_at, swap.ends_at, swap.person.time_zone)
    if swap.status == Swap.Status.TAKEN:
        subject, text = f"{swap.taker} takes your shift: {swap.schedule}", f"{swap.taker} is on call for you."
    else:
        subject, text = f"Nobody took your shift: {swap.schedule}", "You stay on call."
    key = f"swap-{swap.status}:{swap.pk}"
    return News(swap.person, key, subject, duty_words.body(text, [when], url_of(swap.schedule)))


def url_of(schedule: Schedule) -> str:
    """The address of a schedule's page."""
    return f"{settings.PORTAL_BASE_URL}{reverse('schedule_detail', args=[schedule.public_id])}"


def unwritten(found: Sequence[News], known: Iterable[str]) -> list[News]:
    """Those whose key is not known yet."""
    seen = set(known)
    return [one for one in found if one.key not in seen]
