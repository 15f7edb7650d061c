"""The steps of a policy as forms: one class for each kind, and the draft that holds them in order.

Every change of the order is a plain submit, so that the editor works without scripts; nothing is saved by it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from oncall.domain.alert_states import SEVERITIES
from oncall.domain.escalation import (
    DEFAULT,
    MAX_MINUTES,
    MAX_REPEAT,
    MAX_STEPS,
    IfHours,
    IfSeverity,
    Jump,
    Notify,
    Plan,
    RepeatFrom,
    Resolve,
    Step,
    Target,
    Wait,
)
from oncall.forms.policies import offer
from oncall.selectors.policy_words import token
from portal.lib import times

FOR_EVER = "for_ever"
DAYS = [("0", "Mon"), ("1", "Tue"), ("2", "Wed"), ("3", "Thu"), ("4", "Fri"), ("5", "Sat"), ("6", "Sun")]
Offered = Mapping[str, Sequence[tuple[str, str]]]


def target_of(text: str) -> Target:
    """The target of a token."""
    kind, key, role, team = text.split(":")
    return Target(kind, int(key) if key else None, role, int(team) if team else None)


class StepForm(forms.Form):
    """One step. `choices` are what may be chosen: `targets` and `policies`."""

    title: ClassVar[str]
    kind = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(choices)

    def offer(self, choices: Offered) -> None:
        """Takes over what may be chosen."""

    def step(self) -> Step:
        """The step of a valid form."""
        raise NotImplementedError


class NotifyForm(StepForm):
    title = "Page"
    targets = forms.MultipleChoiceField(label="Whom", widget=forms.CheckboxSelectMultiple)

    def offer(self, choices: Offered) -> None:
        offer(self, "targets", choices["targets"])

    def step(self) -> Step:
        return Notify(tuple(target_of(one) for one in self.cleaned_data["targets"]))


class WaitForm(StepForm):
    title = "Wait"
    minutes = forms.IntegerField(min_value=1, max_value=MAX_MINUTES)

    def step(self) -> Step:
        return Wait(self.cleaned_data["minutes"])


class Covering(StepForm):
    """A condition on the next steps."""

    covers = forms.IntegerField(label="For how many of the next steps", min_value=1, max_value=MAX_STEPS)


class HoursForm(Covering):
    title = "Only in these hours"
    weekdays = forms.MultipleChoiceField(label="On", choices=DAYS, widget=forms.CheckboxSelectMultiple)
    starts = forms.TimeField(label="From", widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label="Until", widget=forms.TimeInput(attrs={"type": "time"}))
    zone = forms.ChoiceField(label="Time zone")

    def offer(self, choices: Offered) -> None:
        offer(self, "zone", [(name, name) for name in times.zone_names()])

    def step(self) -> Step:
        told = self.cleaned_data
        days = tuple(sorted(int(day) for day in told["weekdays"]))
        return IfHours(days, told["starts"], told["ends"], told["zone"], told["covers"])


class SeverityForm(Covering):
    title = "Only for these classes"
    severities = forms.MultipleChoiceField(
        label="Alerts that are",
        choices=[(one, one.capitalize()) for one in SEVERITIES],
        widget=forms.CheckboxSelectMultiple,
    )

    def step(self) -> Step:
        return IfSeverity(tuple(self.cleaned_data["severities"]), self.cleaned_data["covers"])


class RepeatForm(StepForm):
    title = "Repeat"
    to = forms.IntegerField(label="From step", min_value=1, max_value=MAX_STEPS)
    times = forms.ChoiceField(
        label="How often", choices=[*((str(n), f"{n} more") for n in range(1, MAX_REPEAT + 1)), (FOR_EVER, "For ever")]
    )

    def step(self) -> Step:
        said = self.cleaned_data["times"]
        return RepeatFrom(self.cleaned_data["to"] - 1, None if said == FOR_EVER else int(said))


class JumpForm(StepForm):
    title = "Go on with another policy"
    policy = forms.ChoiceField()

    def offer(self, choices: Offered) -> None:
        offer(self, "policy", choices["policies"])

    def step(self) -> Step:
        return Jump(int(self.cleaned_data["policy"]))


class ResolveForm(StepForm):
    title = "Resolve the alert"

    def step(self) -> Step:
        return Resolve()


FORMS: dict[str, type[StepForm]] = {
    "notify": NotifyForm,
    "wait": WaitForm,
    "if_hours": HoursForm,
    "if_severity": SeverityForm,
    "repeat_from": RepeatForm,
    "jump": JumpForm,
    "resolve": ResolveForm,
}
FRESH: dict[str, dict[str, Any]] = {
    "wait": {"minutes": 5},
    "if_hours": {"weekdays": list("01234"), "starts": "09:00", "ends": "17:00", "zone": "UTC", "covers": 1},
    "if_severity": {"severities": ["critical"], "covers": 1},
    "repeat_from": {"to": 1, "times": "1"},
}
Row = dict[str, Any]


class Draft:
    """The steps as they stand in the editor: of a plan, or as they were sent."""

    def __init__(self, rows: list[Row], choices: Offered, sent: QueryDict | None = None) -> None:
        self.rows, self.choices, self.sent = rows, choices, sent
        self.forms = [self._form(number, row) for number, row in enumerate(rows)]

    @classmethod
    def of_plan(cls, plan: Plan | None, choices: Offered) -> "Draft":
        """What the editor opens with."""
        return cls([row_of(step) for step in (plan or DEFAULT).steps], choices)

    @classmethod
    def of_post(cls, data: QueryDict, choices: Offered) -> "Draft":
        """What was sent, to be checked."""
        return cls(_rows_sent(data), choices, data)

    def changed(self, action: str) -> "Draft":
        """The draft after `add:<kind>`, `remove:<n>`, `up:<n>` or `down:<n>`; anything else changes nothing."""
        verb, _, what = action.partition(":")
        rows = list(self.rows)
        if verb == "add" and what in FORMS and len(rows) < MAX_STEPS:
            rows.append({"kind": what, **FRESH.get(what, {})})
        place = int(what) if what.isascii() and what.isdigit() and len(what) < 4 else len(rows)
        other = place + {"up": -1, "down": 1}.get(verb, 0)
        if verb == "remove" and place < len(rows):
            rows.pop(place)
        elif verb in {"up", "down"} and 0 <= other < len(rows) and place < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
        return Draft(rows, self.choices)

    def is_valid(self) -> bool:
        """Checks every row, so that all errors are told at once."""
        checked = [form.is_valid() for form in self.forms]
        return all(checked)

    def plan(self) -> Plan:
        """The plan of a valid draft."""
        return Plan(tuple(form.step() for form in self.forms))

    def add_errors(self, found: dict[str, list[str]]) -> list[str]:
        """Puts the problems of a plan at their rows and fields; those of the whole plan come back."""
        unplaced: list[str] = []
        for path, texts in found.items():
            _, _, rest = path.partition(".")
            place, _, field = rest.partition(".")
            if place.isdigit() and int(place) < len(self.forms):
                form = self.forms[int(place)]
                form.add_error(field if field in form.fields and field != "kind" else None, list(texts))
            else:
                unplaced += texts
        return unplaced

    def _form(self, number: int, row: Row) -> StepForm:
        kind = FORMS[row["kind"]]
        return kind(self.sent, initial=row, prefix=f"steps-{number}", choices=self.choices)


def row_of(step: Step) -> Row:
    """A step as the values of its form."""
    row: Row = {"kind": step.kind}
    match step:
        case Notify():
            row["targets"] = [token(one) for one in step.targets]
        case Wait():
            row["minutes"] = step.minutes
        case IfHours():
            row |= {"weekdays": [str(day) for day in step.weekdays], "zone": step.zone, "covers": step.covers}
            row |= {"starts": step.starts.strftime("%H:%M"), "ends": step.ends.strftime("%H:%M")}
        case IfSeverity():
            row |= {"severities": list(step.severities), "covers": step.covers}
        case RepeatFrom():
            row |= {"to": step.to + 1, "times": FOR_EVER if step.times is None else str(step.times)}
        case Jump():
            row["policy"] = str(step.policy_id)
    return row


def _rows_sent(data: QueryDict) -> list[Row]:
    """The rows of a form that was sent, in their order; a kind that does not exist ends them."""
    rows: list[Row] = []
    while len(rows) < MAX_STEPS and (kind := data.get(f"steps-{len(rows)}-kind", "")) in FORMS:
        prefix = f"steps-{len(rows)}"
        row: Row = {"kind": kind}
        for name, field in FORMS[kind].base_fields.items():
            is_many = isinstance(field, forms.MultipleChoiceField)
            key = f"{prefix}-{name}"
            row[name] = data.getlist(key) if is_many else data.get(key, "")
        rows.append(row)
    return rows
