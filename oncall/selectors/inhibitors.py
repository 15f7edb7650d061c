"""Which open alerts keep others quiet by the rules of a team, and which may still be kept quiet.

Whoever says what labels will be asked about reads only the alerts that agree with those; else all open ones are read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce

from oncall.domain import inhibition, labels, matchers
from oncall.domain.inhibition import Fact, Source
from oncall.models import Alert, InhibitionRule

LABELLED = ("labels", "severity", "service_id", "team_id", "integration_id", "source", "title")
Agreement = tuple[str, ...]


@dataclass(slots=True)
class Inhibition:
    """One rule with the open alerts on its sides, by the values in which source and target must agree."""

    row: InhibitionRule
    rule: inhibition.Rule
    sources: dict[Agreement, dict[int, Source]] = field(default_factory=dict)
    targets: dict[tuple[Agreement, bool], set[int]] = field(default_factory=dict)
    places: dict[int, Agreement] = field(default_factory=dict)

    def note(self, alert: Fact) -> set[int]:
        """Takes an open alert in as a source; the targets that it keeps quiet."""
        source = inhibition.source_of(self.rule, alert)
        if source is None:
            return set()
        values = inhibition.agreement(self.rule, alert.labels)
        agreeing = self.sources.setdefault(values, {})
        is_last = not agreeing or alert.id > next(reversed(agreeing))
        agreeing[alert.id] = source
        if not is_last:  # the oldest is asked first, however often it was said
            self.sources[values] = dict(sorted(agreeing.items()))
        self.places[alert.id] = values
        both = set() if source.is_target else self.targets.get((values, True), set())
        return (self.targets.get((values, False), set()) | both) - {alert.id}

    def note_target(self, alert: Fact) -> None:
        """Takes an open alert in that nothing holds yet."""
        if matchers.match(self.rule.target, alert.labels):
            values = inhibition.agreement(self.rule, alert.labels)
            is_source = matchers.match(self.rule.source, alert.labels)
            self.targets.setdefault((values, is_source), set()).add(alert.id)
            self.places[alert.id] = values

    def inhibitor(self, target: Fact) -> int | None:
        """Which open alert keeps `target` quiet."""
        agreeing = self.sources.get(inhibition.agreement(self.rule, target.labels), {})
        return inhibition.inhibitor_among(self.rule, target, agreeing.values())

    def forget(self, alert_id: int) -> None:
        """Takes an alert out."""
        values = self.places.pop(alert_id, None)
        if values is not None:
            self.sources.get(values, {}).pop(alert_id, None)
            for is_source in (False, True):
                self.targets.get((values, is_source), set()).discard(alert_id)

    @property
    def narrowed_by(self) -> str | None:
        """A label of the sender's in which the sides agree; None where there is none."""
        return next((name for name in self.rule.equal if name not in labels.PSEUDO), None)


class Inhibitors:
    """The inhibition rules of a team over what is open now."""

    def __init__(self, team_id: int, labels_of: Callable[[Alert], dict[str, str]]) -> None:
        self.team_id = team_id
        self._labels_of = labels_of
        self._expected: list[Mapping[str, str]] | None = None
        self._read: dict[str, set[str]] | None = {}
        self._seen: set[int] = set()

    @cached_property
    def rules(self) -> list[Inhibition]:
        found = InhibitionRule.objects.filter(team_id=self.team_id).order_by("name", "pk")
        return [Inhibition(row, inhibition_of(row)) for row in found]

    def expect(self, found: Iterable[Mapping[str, str]]) -> None:
        """Alerts with these labels will be asked about, and hardly any other."""
        self._expected = [*(self._expected or ()), *found]

    def inhibitor(self, target: Fact) -> tuple[str, int] | None:
        """The name of the rule and the open alert that keep `target` quiet."""
        self._look(target.labels)
        for one in self.rules:
            if (by := one.inhibitor(target)) is not None:
                return one.row.name, by
        return None

    def note(self, alert: Alert) -> set[int]:
        """Takes in an alert that has just arrived; the open ones that it begins to keep quiet."""
        if not self.rules:
            return set()
        fact = Fact(alert.pk, self._labels_of(alert))
        self._look(fact.labels)
        self.forget(alert.pk)
        quieted: set[int] = set()
        quieted = quieted.union(*(one.note(fact) for one in self.rules))
        self._note_target(alert, fact)
        return quieted

    def note_change(self, alert: Alert) -> None:
        """Takes in that an alert ended, fell quiet, or is held or let go from now on."""
        if not self.rules:
            return
        self.forget(alert.pk)
        if alert.is_open:
            fact = Fact(alert.pk, self._labels_of(alert))
            self._note_source(alert, fact)
            self._note_target(alert, fact)

    def forget(self, alert_id: int) -> None:
        """Takes an alert out that is open no more."""
        self._seen.add(alert_id)
        for one in self.rules:
            one.forget(alert_id)

    def _note_source(self, alert: Alert, fact: Fact) -> None:
        if alert.quiet_since is None:
            for one in self.rules:
                one.note(fact)

    def _note_target(self, alert: Alert, fact: Fact) -> None:
        if not alert.held_by:
            for one in self.rules:
                one.note_target(fact)

    def _look(self, known: Mapping[str, str]) -> None:
        """Reads the alerts that agree with these labels, unless that was done."""
        if not self.rules or self._read is None:
            return
        names = {one.narrowed_by for one in self.rules}
        if self._expected is None or None in names:
            self._read = None
            self._take_in(Q())
            return
        own = {name for name in names if name is not None}
        wanted = {name: known.get(name, "") for name in own}
        if all(value in self._read.get(name, ()) for name, value in wanted.items()):
            return
        if self._read:
            self._read = None
            self._take_in(Q())
            return
        self._read = {name: {wanted[name], *(one.get(name, "") for one in self._expected)} for name in own}
        self._take_in(
            Q(*(Q(**{f"value_of_{at}__in": self._read[name]}) for at, name in enumerate(own)), _connector=Q.OR),
            list(own),
        )

    def _take_in(self, narrowing: Q, names: Sequence[str] = ()) -> None:
        """Notes open alerts; those that this batch has touched are known better already."""
        values = {
            f"value_of_{at}": Coalesce(KeyTextTransform(name, "labels"), Value(""), output_field=TextField())
            for at, name in enumerate(names)
        }
        found = Alert.objects.open().filter(Q(quiet_since=None) | Q(held_by=""), team_id=self.team_id)
        rows = found.annotate(**values).filter(narrowing).only(*LABELLED, "held_by", "quiet_since").order_by("pk")
        for alert in rows.iterator(2000):
            if alert.pk in self._seen:
                continue
            self._seen.add(alert.pk)
            fact = Fact(alert.pk, self._labels_of(alert))
            self._note_source(alert, fact)
            self._note_target(alert, fact)


def inhibition_of(row: InhibitionRule) -> inhibition.Rule:
    """The rule of a row."""
    return inhibition.Rule(matchers.stored(row.source), matchers.stored(row.target), tuple(row.equal))
