"""What would change for whom, before anything is saved: by the code that pages."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from oncall.domain import changes, coverage, definitions, resolver
from oncall.domain.resolver import Override, Segment
from oncall.models import Schedule
from oncall.selectors import change_previews, handoffs, planning, schedules
from oncall.selectors.change_previews import ChangePreview
from portal.accounts.models import User
from portal.accounts.selectors import people

SHOWN = 40


@dataclass(frozen=True, slots=True)
class Move:
    """`role` passes from `before` to `after` in `[start, end)`."""

    start: datetime
    end: datetime
    role: str
    before: Sequence[User]
    after: Sequence[User]


@dataclass(frozen=True, slots=True)
class Affected:
    """One person whose load is compared, with how many moves concern them."""

    user: User
    burden: changes.Burden
    moves: int

    @property
    def more(self) -> bool:
        return self.burden.after > self.burden.before

    @property
    def less(self) -> bool:
        return self.burden.after < self.burden.before


@dataclass(frozen=True, slots=True)
class Preview:
    """What a definition means in `[start, end)`; `count` moves in all, of which the first are in `moves`."""

    start: datetime
    end: datetime
    moves: Sequence[Move]
    count: int
    affected: Sequence[Affected]
    new_gaps: Sequence[Segment]
    warnings: Sequence[str]


def moved_by_override(
    schedule: Schedule,
    *,
    role: str,
    user_id: int,
    replaces_id: int | None,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    now: datetime,
) -> list[Move]:
    """Whom an override moves, within what is published; `reason` changes nothing."""
    start, end = max(starts_at, now), min(ends_at, max(starts_at, now) + schedules.PUBLISHED)
    if start >= end:
        return []
    given, overrides, swaps = planning.inputs(schedule, start, end)
    added = Override(role, str(user_id), start, end, str(replaces_id or ""))
    before = resolver.resolve(given, overrides, start, end, swaps=swaps)
    after = resolver.resolve(given, [*overrides, added], start, end, swaps=swaps)
    return _named(changes.moves(before, after))


def preview(schedule: Schedule | None, definition: dict[str, Any], *, at: datetime) -> Preview:
    """What `definition`, from `at` on, does to people in the three months after it; a new schedule moves nobody."""
    found = _of_new(definition, at) if schedule is None else change_previews.preview(schedule, definition, at)
    users = people.users_by_id(int(one.person) for one in found.burdens)
    counts = Counter(key for one in found.moves for key in {*one.before} ^ {*one.after})
    return Preview(
        start=found.start,
        end=found.end,
        moves=_named(sorted(found.moves, key=lambda one: (one.start, one.role))[:SHOWN]),
        count=len(found.moves),
        affected=[Affected(users[int(one.person)], one, counts[one.person]) for one in found.burdens],
        new_gaps=found.new_gaps,
        warnings=list(dict.fromkeys(_warning(users, who, text) for _, who, text in found.warnings)),
    )


def changed_meanwhile(schedule: Schedule) -> str:
    """Who saved another version of `schedule` last and what it says, in words for whoever edits it too."""
    version = schedule.versions.select_related("created_by").order_by("pk").last()
    by = version.created_by if version and version.created_by else "Somebody"
    says = "; ".join(handoffs.words(version)) if version else "nothing"
    why = f" ({version.note})" if version and version.note else ""
    told = f"{by} changed this schedule while you edited it{why}. It says now: {says}."
    return f"{told} Preview yours against it; saving then puts yours in its place."


def _warning(users: dict[int, User], person: str, text: str) -> str:
    """A warning with the name of whom it is about; the same of many hours is told once."""
    return f"{users[int(person)]}: {text}" if person and int(person) in users else text


def _of_new(definition: dict[str, Any], start: datetime) -> ChangePreview:
    """The answer for a schedule that does not exist yet."""
    end, said = start + schedules.PUBLISHED, definitions.read(definition)
    segments = resolver.resolve(said.layers, [], start, end)
    gaps = coverage.gaps(segments, resolver.planned_roles(said.layers), said.intended)
    burdens = changes.burdens([], segments, said.zone)
    named = definitions.people_of(definition)
    clashes = changes.clashes(change_previews.elsewhere("This schedule", segments, named, start, end), named)
    warnings = changes.warnings(burdens, named, gaps) + change_previews.double_bookings(clashes)
    return ChangePreview(start, end, [], gaps, burdens, clashes, warnings)


def _named(moved: Sequence[changes.Move]) -> list[Move]:
    users = people.users_by_id(int(key) for one in moved for key in (*one.before, *one.after))
    return [Move(one.start, one.end, one.role, _people(users, one.before), _people(users, one.after)) for one in moved]


def _people(users: dict[int, User], keys: Sequence[str]) -> list[User]:
    return [users[int(key)] for key in keys]
