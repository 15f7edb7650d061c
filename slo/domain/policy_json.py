"""Error-budget policies as plain data, in and out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from slo.domain.inputs import exact_decimal, whole_number
from slo.domain.policies import DEFAULT, EXEMPTABLE, Demand, Kind, Policy, Step, Verdict

MOST_STEPS = 6
HIGHEST_SHARE = Decimal(10)
MOST_RELEASES = 100
NOTE = 200
ENVIRONMENT = 40


class BadPolicy(ValueError):
    """The policy cannot be used; `fields` maps each field to all that is wrong with it."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(texts)}" for name, texts in fields.items()))
        self.fields = dict(fields)


def as_json(policy: Policy) -> dict[str, Any]:
    """What `parse` reads back to the same policy."""
    return {
        "steps": [
            {
                "at": f"{step.at:f}",
                "demand": step.demand.value,
                "releases_per_day": step.releases_per_day,
                "second_person": step.second_person,
                "note": step.note,
            }
            for step in policy.steps
        ],
        "exempt_kinds": [kind.value for kind in policy.exempt_kinds],
        "slos": list(policy.slos),
        "environments": list(policy.environments),
        "no_data": policy.no_data.value,
        "minimum_coverage": f"{policy.minimum_coverage:f}",
        "outside_window": policy.outside_window.value,
        "firing_page": policy.firing_page.value,
    }


def parse(given: Mapping[str, Any]) -> Policy:
    """A policy of plain data; BadPolicy with all that is wrong. What is left out is as in `DEFAULT`."""
    reader = _Reader(given, {})
    policy = Policy(
        steps=reader.steps(),
        exempt_kinds=tuple(Kind(word) for word in reader.words("exempt_kinds", EXEMPTABLE, offered=EXEMPTABLE)),
        slos=tuple(reader.words("slos", ())),
        environments=tuple(reader.words("environments", ("production",))),
        no_data=reader.verdict("no_data", Verdict.ALLOW),
        minimum_coverage=reader.coverage(),
        outside_window=reader.verdict("outside_window", Verdict.WARN),
        firing_page=reader.verdict("firing_page", Verdict.DENY),
    )
    if not policy.environments:
        reader.problems["environments"] = ["Name at least one environment that the gate guards."]
    if reader.problems:
        raise BadPolicy(reader.problems)
    return policy


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the members of one policy and keeps what is wrong with them."""

    given: Mapping[str, Any]
    problems: dict[str, list[str]] = field(default_factory=dict)

    def steps(self) -> tuple[Step, ...]:
        items = self.given.get("steps", as_json(DEFAULT)["steps"])
        if not isinstance(items, list) or len(items) > MOST_STEPS:
            self.problems["steps"] = [f"Give a list of at most {MOST_STEPS} steps."]
            return ()
        found = [step for number, item in enumerate(items) if (step := self._step(f"steps.{number}", item))]
        shares = [step.at for step in found]
        if any(later <= earlier for earlier, later in pairwise(shares)):
            self.problems["steps"] = ["Each step begins at a larger share than the one before."]
        return tuple(found)

    def _step(self, path: str, item: Any) -> Step | None:
        if not isinstance(item, Mapping):
            self.problems[path] = ["Give an object with `at` and `demand`."]
            return None
        at = exact_decimal(item.get("at"))
        if at is None or not 0 < at <= HIGHEST_SHARE or at != round(at, 4):
            self.problems[f"{path}.at"] = [
                "Give a share above 0 and up to 10, such as 0.75, with at most four decimals."
            ]
            at = None
        demand = item.get("demand")
        if demand not in list(Demand):
            self.problems[f"{path}.demand"] = [f"Choose one of {', '.join(Demand)}."]
            return None
        per_day = self._per_day(path, item.get("releases_per_day"))
        note = item.get("note") or ""
        if not isinstance(note, str) or len(note) > NOTE:
            self.problems[f"{path}.note"] = [f"Give at most {NOTE} characters."]
            return None
        second = item.get("second_person", False) is True
        return None if at is None else Step(at.normalize(), Demand(demand), per_day, second, note.strip())

    def _per_day(self, path: str, value: Any) -> int | None:
        if value is None or value == "":
            return None
        number = whole_number(value)
        if number is None or not 0 <= number <= MOST_RELEASES:
            self.problems[f"{path}.releases_per_day"] = [f"Give a whole number from 0 to {MOST_RELEASES}."]
        return number

    def words(self, name: str, usual: Sequence[str], *, offered: Sequence[str] = ()) -> list[str]:
        value = self.given.get(name, list(usual))
        plain = isinstance(value, list) and all(
            isinstance(word, str) and 0 < len(word) <= ENVIRONMENT for word in value
        )
        if not plain or len(value) > 100 or (offered and not set(value) <= set(offered)):
            which = f" of {', '.join(offered)}" if offered else ""
            self.problems[name] = [f"Give a list{which}, each of 1 to {ENVIRONMENT} characters."]
            return []
        return list(dict.fromkeys(value))

    def verdict(self, name: str, usual: Verdict) -> Verdict:
        value = self.given.get(name, usual.value)
        if value not in list(Verdict):
            self.problems[name] = [f"Choose one of {', '.join(Verdict)}."]
            return usual
        return Verdict(value)

    def coverage(self) -> Decimal:
        value = exact_decimal(self.given.get("minimum_coverage", "0.5"))
        if value is None or not 0 <= value <= 1 or value != round(value, 3):
            self.problems["minimum_coverage"] = ["Give a share from 0 to 1 with at most three decimals."]
            return Decimal(0)
        return value
