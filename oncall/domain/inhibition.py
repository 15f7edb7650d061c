"""Which alerts keep others quiet: the semantics of Alertmanager's inhibition rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from oncall.domain.matchers import Matcher, match


@dataclass(frozen=True, slots=True)
class Rule:
    """While an alert matches `source`, those that match `target` and agree with it in the labels `equal` are quiet."""

    source: Sequence[Matcher]
    target: Sequence[Matcher]
    equal: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """An open alert, as a rule sees it."""

    id: int
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """An alert that matches the source of a rule; `is_target` tells that it matches the target as well."""

    id: int
    is_target: bool


def agreement(rule: Rule, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The values in which a source and its targets agree; a label that neither has counts as equal."""
    return tuple(labels.get(name, "") for name in rule.equal)


def source_of(rule: Rule, alert: Fact) -> Source | None:
    """The alert as a source of the rule, None when it is none."""
    return Source(alert.id, match(rule.target, alert.labels)) if match(rule.source, alert.labels) else None


def inhibitor_among(rule: Rule, target: Fact, agreeing: Iterable[Source]) -> int | None:
    """Which of the sources that agree with `target` keeps it quiet, None when nobody does.

    An alert never inhibits itself, and of two that match both sides neither inhibits the other.
    """
    if not match(rule.target, target.labels):
        return None
    both = match(rule.source, target.labels)
    quieting = (one.id for one in agreeing if one.id != target.id and not (both and one.is_target))
    return next(quieting, None)


def inhibitor(rules: Iterable[Rule], target: Fact, alerts: Iterable[Fact]) -> int | None:
    """The first of `alerts` that keeps `target` quiet by one of `rules`."""
    known = list(alerts)
    for rule in rules:
        wanted = agreement(rule, target.labels)
        sources = [
            source for one in known if (source := source_of(rule, one)) and agreement(rule, one.labels) == wanted
        ]
        if (found := inhibitor_among(rule, target, sources)) is not None:
            return found
    return None
