"""The form of a rule of compensation: its terms as fields."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from oncall.domain import compensation
from oncall.domain.duty_hours import CLASSES
from oncall.domain.restrictions import WEEKDAYS
from portal.lib.times import zone_names

ROWS = 4
DAYS = [(day, day.capitalize()) for day in WEEKDAYS]
ROLES = [(role, role.capitalize()) for role in compensation.ROLES]
HOURS = [(name, compensation.PLURALS[name].capitalize()) for name in CLASSES]
KINDS = [
    ("", "Nothing"),
    ("percentage", "Per cent of the hours"),
    *((f"flat {per}", f"Money per {per}") for per in compensation.PER),
    ("days_off", "A day off per so many hours"),
]
VALUES = {"percentage": "percent", "flat": "amount", "days_off": "per_hours"}
ROUNDINGS = [(str(one), f"{one} minutes" if one else "Not at all") for one in compensation.ROUNDINGS]


class RuleForm(forms.Form):
    """Name, terms and first day. Empty rows pay nothing."""

    name = forms.CharField(max_length=80)
    effective_from = forms.DateField(label="Counts from", widget=forms.DateInput(attrs={"type": "date"}))
    roles = forms.MultipleChoiceField(
        label="Roles that are covered", choices=ROLES, widget=forms.CheckboxSelectMultiple
    )
    currency = forms.CharField(max_length=3, initial="EUR")
    rate = forms.CharField(
        label="Money per hour",
        required=False,
        max_length=20,
        help_text="For percentages. Without it they give weighted hours instead of money.",
    )
    round_minutes = forms.ChoiceField(label="Round hours to", choices=ROUNDINGS, required=False)
    time_zone = forms.ChoiceField(label="Clock", required=False)
    country = forms.CharField(
        label="Holidays of", required=False, max_length=2, help_text="Two letters such as AT; empty for none."
    )
    subdivision = forms.CharField(label="Part of the country", required=False, max_length=10)
    work_days = forms.MultipleChoiceField(
        label="Working days",
        choices=DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Ordinary working time is not counted; without a day every hour is.",
    )
    work_from = forms.TimeField(
        label="Work begins", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    work_to = forms.TimeField(
        label="Work ends", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, *args: Any, rows: int = ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["time_zone"] = forms.ChoiceField(
            label="Clock",
            required=False,
            choices=[("", "Each person's own"), *((name, name) for name in zone_names())],
        )
        for row in range(rows):
            self.fields[f"kind_{row}"] = forms.ChoiceField(label=f"Line {row + 1}", choices=KINDS, required=False)
            self.fields[f"value_{row}"] = forms.CharField(label="How much", required=False, max_length=20)
            self.fields[f"of_{row}"] = forms.MultipleChoiceField(
                label="For hours of", choices=HOURS, required=False, widget=forms.CheckboxSelectMultiple
            )

    def lines(self) -> list[tuple[Any, Any, Any]]:
        """The bound fields of each row."""
        return [(self[f"kind_{row}"], self[f"value_{row}"], self[f"of_{row}"]) for row in range(self.rows)]

    def head(self) -> list[Any]:
        """The bound fields of what is no row."""
        return [bound for bound in self if bound.name.split("_")[0] not in ("kind", "value", "of")]

    def clean(self) -> dict[str, Any]:
        """Working time has a beginning and an end where it has days."""
        said = super().clean() or self.cleaned_data
        if said.get("work_days"):
            for name in ("work_from", "work_to"):
                if said.get(name) is None and name not in self.errors:
                    self.add_error(name, "Working days need hours.")
        return said

    def terms(self) -> dict[str, Any]:
        """What was chosen, as a rule keeps it."""
        said = self.cleaned_data
        terms: dict[str, Any] = {
            "currency": said["currency"].upper(),
            "roles": said["roles"],
            "country": said["country"].upper(),
            "subdivision": said["subdivision"],
            "round_minutes": int(said["round_minutes"] or 0),
            "lines": [self._line(row) for row in self._filled()],
        }
        terms |= {name: said[name] for name in ("rate", "time_zone") if said[name]}
        if said["work_days"]:
            hours = {name: f"{said[f'work_{name}']:%H:%M}" for name in ("from", "to")}
            terms["working"] = [{"weekdays": said["work_days"], **hours}]
        return terms

    def field_of(self, path: str) -> str:
        """The field of this form that a complaint about the terms belongs to."""
        parts = path.removeprefix("terms.").split(".")
        if parts[0] == "lines" and len(parts) > 1 and parts[1].isdecimal():
            row = self._filled()[int(parts[1])]
            return f"of_{row}" if parts[2:3] == ["of"] else f"value_{row}"
        return {"working": "work_to", "lines": "kind_0"}.get(parts[0], parts[0])

    def _filled(self) -> list[int]:
        return [row for row in range(self.rows) if self.cleaned_data.get(f"kind_{row}")]

    def _line(self, row: int) -> dict[str, Any]:
        said = self.cleaned_data
        kind, _, per = said[f"kind_{row}"].partition(" ")
        line: dict[str, Any] = {"kind": kind, VALUES[kind]: said[f"value_{row}"].replace(",", ".")}
        line |= {"per": per} if per else {}
        return line | ({"of": said[f"of_{row}"]} if said[f"of_{row}"] else {})


def initial_of(name: str, terms: Mapping[str, Any], effective_from: date) -> dict[str, Any]:
    """The fields of a form that shows a rule."""
    work = (terms.get("working") or [{}])[0]
    found: dict[str, Any] = {
        "name": name,
        "effective_from": effective_from,
        "work_days": work.get("weekdays", []),
        "work_from": work.get("from", ""),
        "work_to": work.get("to", ""),
        "roles": terms.get("roles") or ["primary", "secondary"],
        "round_minutes": str(terms.get("round_minutes") or 0),
    }
    found |= {key: terms.get(key) or "" for key in ("currency", "rate", "time_zone", "country", "subdivision")}
    for row, line in enumerate(terms.get("lines") or []):
        kind = line["kind"]
        found[f"kind_{row}"] = f"flat {line.get('per', '')}" if kind == "flat" else kind
        found[f"value_{row}"] = line.get(VALUES[kind], "")
        found[f"of_{row}"] = line.get("of") or []
    return found


def rows_for(terms: Mapping[str, Any]) -> int:
    """How many rows show these terms and leave one free."""
    return max(ROWS, len(terms.get("lines") or []) + 1)
