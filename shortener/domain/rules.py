"""Redirect rules of a link: an ordered list, of which the first whose conditions all hold decides the target.

A rule leads to one target or splits its visitors over several by weight. The split is sticky: the same visitor (address
and user agent, no cookie), link and rule give the same variant, and changed weights move only those who must move.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

from shortener.domain.conditions import CONDITIONS, Asked, Condition, Dates, Query
from shortener.domain.locations import header_safe
from shortener.domain.visitors import Visitor

MOST_RULES = 50
MOST_CONDITIONS = 20
MOST_VARIANTS = 20
LARGEST_ID = 65_535
LARGEST_WEIGHT = 1_000_000
LONGEST_NAME = 100


class Variant(NamedTuple):
    """One of the targets of a rule, and its share of the visitors."""

    target: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """`id` is unique within the link and stays through edits; no conditions mean everybody."""

    id: int
    name: str
    conditions: tuple[Condition, ...]
    variants: tuple[Variant, ...]

    @property
    def is_split(self) -> bool:
        return len(self.variants) > 1


class Choice(NamedTuple):
    """The rule that decided and its target; `variant` counts from 1 where the rule splits its visitors, else 0."""

    rule: Rule
    variant: int
    target: str


class Finding(NamedTuple):
    """One condition, held against a request."""

    kind: str
    wanted: str
    saw: str
    holds: bool


class Trace(NamedTuple):
    """One rule, held against a request: each condition, whether all hold, and whether it decides."""

    rule: Rule
    findings: tuple[Finding, ...]
    holds: bool
    decides: bool


def choose(rules: Sequence[Rule], asked: Asked, *, link_id: int) -> Choice | None:
    """The first rule whose conditions all hold, with the visitor's variant; None if there is none."""
    for rule in rules:
        if all(condition.holds(asked) for condition in rule.conditions):
            return _choice(rule, asked.visitor, link_id)
    return None


def _choice(rule: Rule, visitor: Visitor, link_id: int) -> Choice:
    if not rule.is_split:
        return Choice(rule, 0, rule.variants[0].target)
    number = variant_number(rule, visitor.identity, link_id)
    return Choice(rule, number, rule.variants[number - 1].target)


def variant_number(rule: Rule, identity: bytes, link_id: int) -> int:
    """The variant (from 1) of this visitor: its point on the unit interval, cut in pieces by the weights."""
    salt = link_id.to_bytes(8, "little") + rule.id.to_bytes(4, "little")
    point = int.from_bytes(blake2b(identity, digest_size=8, salt=salt).digest(), "little") / 2**64
    place = point * sum(variant.weight for variant in rule.variants)
    for number, variant in enumerate(rule.variants, start=1):
        place -= variant.weight
        if place < 0:
            return number
    return len(rule.variants)


def explain(rules: Sequence[Rule], asked: Asked) -> list[Trace]:
    """Every rule with every condition, in order: what it wanted, what it saw, and which rule decides."""
    traces: list[Trace] = []
    is_decided = False
    for rule in rules:
        findings = tuple(
            Finding(condition.kind, condition.wanted(), condition.saw(asked), condition.holds(asked))
            for condition in rule.conditions
        )
        holds = all(finding.holds for finding in findings)
        traces.append(Trace(rule, findings, holds, holds and not is_decided))
        is_decided = is_decided or holds
    return traces


def next_change(rules: Sequence[Rule], now: float) -> float:
    """The next moment (epoch seconds) at which a span of dates begins or ends; infinity if there is none."""
    spans = [one for rule in rules for one in rule.conditions if isinstance(one, Dates)]
    moments = [at for span in spans for at in (span.begins, span.ends) if at is not None and at > now]
    return min(moments, default=float("inf"))


def ask_for_query(rules: Sequence[Rule]) -> bool:
    """Whether a rule looks at the visitor's query."""
    return any(isinstance(condition, Query) for rule in rules for condition in rule.conditions)


def targets(rules: Sequence[Rule]) -> list[str]:
    """Every target that the rules name."""
    return [variant.target for rule in rules for variant in rule.variants]


def parse(raw: object) -> tuple[tuple[Rule, ...], list[str]]:
    """The rules that a JSON value describes, and all that is wrong with it, each with the position of the rule.

    A rule with anything wrong is left out, so an older edge ignores what it does not understand. Targets are made safe
    for a header; whether they may be linked to is not decided here.
    """
    if not isinstance(raw, list):
        return (), ["Rules must be a list."]
    if len(raw) > MOST_RULES:
        return (), [f"Use at most {MOST_RULES} rules."]
    rules: list[Rule] = []
    errors: list[str] = []
    for position, one in enumerate(raw, start=1):
        rule, found = _rule(one, {rule.id for rule in rules})
        errors += [f"Rule {position}: {error}." for error in found]
        rules += [rule] if rule is not None and not found else []
    return tuple(rules), errors


def dump(rules: Sequence[Rule]) -> list[dict[str, Any]]:
    """The JSON of rules; `parse` is its inverse."""
    return [
        {
            "id": rule.id,
            "name": rule.name,
            "conditions": [condition.raw() for condition in rule.conditions],
            **_dumped_targets(rule),
        }
        for rule in rules
    ]


def _dumped_targets(rule: Rule) -> dict[str, Any]:
    if rule.is_split:
        return {"variants": [variant._asdict() for variant in rule.variants]}
    return {"target": rule.variants[0].target}


def _rule(raw: object, taken: set[int]) -> tuple[Rule | None, list[str]]:
    if not isinstance(raw, Mapping):
        return None, ["it must be an object"]
    number, name = raw.get("id"), raw.get("name", "")
    errors = []
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number <= LARGEST_ID:
        errors.append(f"its id must be a whole number from 1 to {LARGEST_ID}")
    elif number in taken:
        errors.append(f"the id {number} is used twice")
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not name.isprintable():
        errors.append(f"its name may have at most {LONGEST_NAME} printable characters")
    conditions, wrong = _conditions(raw.get("conditions", []))
    variants, missing = _variants(raw)
    errors += wrong + missing
    return (None if errors else Rule(int(number or 0), str(name), conditions, variants)), errors


def _conditions(raw: object) -> tuple[tuple[Condition, ...], list[str]]:
    if not isinstance(raw, list) or len(raw) > MOST_CONDITIONS:
        return (), [f"its conditions must be a list of at most {MOST_CONDITIONS}"]
    found: list[Condition] = []
    errors: list[str] = []
    for one in raw:
        kind = one.get("type") if isinstance(one, Mapping) else None
        reader = CONDITIONS.get(kind) if isinstance(kind, str) else None
        if reader is None:
            errors.append(f"a condition must have one of the types {', '.join(CONDITIONS)}")
            continue
        try:
            found.append(reader.read(one))
        except ValueError as error:
            errors.append(f"{kind}: {error}")
    return tuple(found), errors


def _variants(raw: Mapping[str, Any]) -> tuple[tuple[Variant, ...], list[str]]:
    single, several = raw.get("target"), raw.get("variants")
    if (not single) == (not several):
        return (), ["give either a target or variants"]
    if single:
        return ((Variant(header_safe(single)),), []) if isinstance(single, str) else ((), ["its target must be a text"])
    if not isinstance(several, list) or not 2 <= len(several) <= MOST_VARIANTS:
        return (), [f"use 2 to {MOST_VARIANTS} variants"]
    if not all(isinstance(one, Mapping) and _is_variant(one) for one in several):
        return (), [f"each variant needs a target and a weight, a whole number from 1 to {LARGEST_WEIGHT}"]
    return tuple(Variant(header_safe(one["target"]), one["weight"]) for one in several), []


def _is_variant(raw: Mapping[str, Any]) -> bool:
    weight, target = raw.get("weight"), raw.get("target")
    is_number = isinstance(weight, int) and not isinstance(weight, bool)
    return is_number and 1 <= int(weight or 0) <= LARGEST_WEIGHT and isinstance(target, str) and bool(target)
