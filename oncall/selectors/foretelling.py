"""If this fired now, who is paged when: the walk of the pager with nobody paged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall.domain import escalation, escalation_json
from oncall.domain.escalation import Notify, Steps
from oncall.domain.escalation_walk import Position, walk
from oncall.models import EscalationPolicy, EscalationRun
from oncall.selectors import programs, targets
from oncall.selectors.targets import Asked, Finder
from portal.accounts.models import User

MOST = 40
LONGEST = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Ask:
    """A step that asks `asked` at `at`; nobody means that the next are asked at once. `step` counts from 0."""

    at: datetime
    loop: int
    step: int
    target: str
    asked: Asked


@dataclass(frozen=True, slots=True)
class Way:
    """One message that would go out: to a person by one of their rules, or to a contact point.

    `problem` is why this way failed last.
    """

    to: str
    channel: str
    at: datetime
    is_copy: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Foretold:
    """What a walk would do; `ending` is `end`, `resolve`, or `goes on` where it was cut off."""

    asks: Sequence[Ask]
    ending: str


def of_policy(policy: EscalationPolicy, *, at: datetime, severity: str, team_id: int | None = None) -> Foretold:
    """What happens when an alert of this class fires at `at` and nobody acknowledges."""
    steps = programs.programme_of(policy)
    return foretell(steps, Position(), at=at, severity=severity, team_id=team_id or policy.team_id)


def of_run(run: EscalationRun, *, team_id: int, most: int) -> list[Ask]:
    """The next steps of a run that is under way."""
    if run.next_run_at is None:
        return []
    steps, position = escalation_json.program_from_json(run.snapshot, loop=run.loop, step=run.step)
    severity = run.alert.severity
    found = foretell(steps, position, at=run.next_run_at, severity=severity, team_id=team_id, most=most)
    return list(found.asks)


def foretell(
    steps: Steps, position: Position, *, at: datetime, severity: str, team_id: int, most: int = MOST
) -> Foretold:
    """Walks with a clock that jumps from wait to wait, up to `most` steps and 8 days."""
    finder, asks, start = Finder(team_id), list[Ask](), at

    def ask(step: Notify, place: Position) -> bool:
        asked = finder.asked(step, now=at)
        asks.append(Ask(at, place.loop, place.step, words_of(step), asked))
        return bool(asked)

    while len(asks) < most and at - start < LONGEST:
        stop = walk(steps, position, at=at, severity=severity, ask=ask)
        if stop.reason != "wait":
            return Foretold(asks[:most], stop.reason)
        position, at = stop.position, at + stop.wait
    return Foretold(asks[:most], "goes on")


def ways(ask: Ask, severity: str) -> list[Way]:
    """The messages of one step in the order in which they are due."""
    found = [way for user in ask.asked.people for way in _of_person(user, ask.at, severity)]
    found += [way for user in ask.asked.copies for way in _of_person(user, ask.at, severity, is_copy=True)]
    found += [Way(str(point), point.kind, ask.at, problem=point.problem) for point in ask.asked.points]
    return sorted(found, key=lambda way: way.at)


def words_of(step: Notify) -> str:
    """The targets of a step in words."""
    return " and ".join(dict.fromkeys(escalation.TARGETS[one.kind] for one in step.targets))


def _of_person(user: User, at: datetime, severity: str, *, is_copy: bool = False) -> list[Way]:
    return [
        Way(str(user), rule.channel, targets.earliest_for(user, severity, at + rule.delay), is_copy, rule.problem)
        for rule in targets.rules_of(user, severity)
    ]
