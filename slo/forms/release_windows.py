"""The form of a release window: a week of hours, the holidays of a country, and closed days."""

import re
from typing import Any, cast

from django import forms

from portal.lib.errors import DomainError
from slo.domain.release_windows import DAYS, Calendar, clock_text

MOST_ROWS = 7
DAY_CHOICES = [(day, day.capitalize()) for day in DAYS]
CLOSED = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:\.\.|to)\s*(\d{4}-\d\d-\d\d))?\s*(.*)")


class HoursForm(forms.Form):
    """Hours on some days. A row without days is none."""

    days = forms.MultipleChoiceField(choices=DAY_CHOICES, required=False, widget=forms.CheckboxSelectMultiple)
    start = forms.CharField(label="From", required=False, max_length=5, help_text="Such as 10:00.")
    end = forms.CharField(label="Until", required=False, max_length=5, help_text="Such as 16:00; 24:00 is midnight.")

    @property
    def entry(self) -> dict[str, Any] | None:
        """The row as plain data; None when it is none."""
        data = self.cleaned_data
        if not data.get("days"):
            return None
        return {"days": data["days"], "from": _clock(data["start"]), "until": _clock(data["end"])}


HourRows = forms.formset_factory(HoursForm, extra=1, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True)


class WindowForm(forms.Form):
    """Where the hours are told, and which days are off."""

    zone = forms.CharField(label="Time zone", max_length=64, help_text="Such as Europe/Vienna.")
    country = forms.CharField(
        max_length=2, required=False, help_text="Two letters, such as AT: its public holidays are closed."
    )
    subdivision = forms.CharField(
        label="Part of it", required=False, max_length=10, help_text="Such as BY of DE; for regional holidays."
    )
    closed = forms.CharField(
        label="Closed days",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="One a line, with a name: 2026-12-20..2027-01-02 winter freeze",
    )

    def clean_closed(self) -> list[dict[str, str]]:
        """The lines as plain data; a line that cannot be read is named."""
        lines = [line.strip() for line in self.cleaned_data["closed"].splitlines() if line.strip()]
        read = [CLOSED.fullmatch(line) for line in lines]
        wrong = [line for line, found in zip(lines, read, strict=True) if found is None]
        if wrong:
            raise forms.ValidationError([f"Not a day or days: {line[:60]}" for line in wrong])
        return [
            {"from": found[1], "until": found[2] or found[1], "name": found[3] or "closed"} for found in read if found
        ]


def initial_of(calendar: Calendar | None, zone: str) -> dict[str, Any]:
    """What the form shows of a calendar, or of none in a team's zone."""
    if calendar is None:
        return {"zone": zone}
    lines = [f"{day.first}{'' if day.last == day.first else f'..{day.last}'} {day.name}" for day in calendar.closed]
    return {
        "zone": calendar.zone,
        "country": calendar.country,
        "subdivision": calendar.subdivision,
        "closed": "\n".join(lines),
    }


def hour_rows(data: Any, calendar: Calendar | None) -> Any:
    """The rows of the hours, and an empty one; Monday to Friday 10 to 16 where nothing is set yet."""
    usual = [{"days": list(DAYS[:5]), "start": "10:00", "end": "16:00"}]
    shown = (
        usual
        if calendar is None
        else [
            {"days": [DAYS[day] for day in hours.days], "start": clock_text(hours.start), "end": clock_text(hours.end)}
            for hours in calendar.hours
        ]
    )
    return HourRows(data, prefix="hours", initial=cast(Any, shown))


def definition_of(form: WindowForm, rows: Any) -> dict[str, Any]:
    """What was typed, as plain data of a calendar."""
    return {**form.cleaned_data, "hours": [row.entry for row in _filled(rows)]}


def place_errors(form: WindowForm, rows: Any, error: DomainError) -> None:
    """Puts a refusal at its fields: `hours.1.from` at the second row that was filled in."""
    filled = _filled(rows)
    for name, texts in error.fields.items():
        parts = name.split(".")
        if parts[0] == "hours" and len(parts) == 3:
            filled[int(parts[1])].add_error("start" if parts[2] == "from" else "days", list(texts))
        else:
            form.add_error(parts[0] if parts[0] in form.fields else None, list(texts))


def _filled(rows: Any) -> list[HoursForm]:
    return [row for row in rows.forms if row.entry is not None]


def _clock(text: str) -> str:
    """`9:00` as `09:00`."""
    return text.strip().rjust(5, "0") if text.strip() else ""
