"""Rows in which somebody types the hours and seasons that count for an SLO."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms

from slo.domain.schedules import problems

MOST_ROWS = 20
SPARE = 1
DAYS = [(number, name) for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))]
EVERY_DAY = [number for number, _ in DAYS]
TEXTS = (("from", "starts"), ("until", "ends"), ("season_from", "season_from"), ("season_until", "season_until"))


class ScheduleRowForm(forms.Form):
    """Some hours of some days, all year or in a season. A row without anything is none."""

    days = forms.TypedMultipleChoiceField(
        choices=DAYS, coerce=int, required=False, widget=forms.CheckboxSelectMultiple, help_text="None means every day."
    )
    starts = forms.CharField(label="From", required=False, max_length=5, help_text="Such as 08:00.")
    ends = forms.CharField(
        label="Until", required=False, max_length=5, help_text="Such as 18:00; may be after midnight."
    )
    season_from = forms.CharField(label="Season from", required=False, max_length=5, help_text="Month-day: 12-01.")
    season_until = forms.CharField(label="Season until", required=False, max_length=5, help_text="Its last day: 01-06.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and self.entry and (found := problems([self.entry])):
            raise forms.ValidationError([text.removeprefix("Entry 1: ") for text in found])
        return data

    @property
    def entry(self) -> dict[str, Any]:
        """The row as an entry of a schedule; empty when the row is."""
        texts = {key: text for key, name in TEXTS if (text := self.cleaned_data.get(name, "").strip())}
        days = self.cleaned_data.get("days") or []
        return texts | ({"days": days} if days else {})


class _BaseScheduleRows(forms.BaseFormSet[ScheduleRowForm]):
    def entries(self) -> list[dict[str, Any]]:
        """The schedule as it is kept."""
        return [form.entry for form in self.forms if form.entry]


ScheduleRows = forms.formset_factory(
    ScheduleRowForm,
    formset=_BaseScheduleRows,
    extra=SPARE,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS,
    validate_max=True,
)


def schedule_rows(data: Any, schedule: Iterable[Mapping[str, Any]]) -> _BaseScheduleRows:
    """The rows of an SLO's schedule, and an empty one."""
    shown = [_initial(entry) for entry in schedule]
    return cast(_BaseScheduleRows, ScheduleRows(data, prefix="hours", initial=shown))


def _initial(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: entry.get(key, "") for key, name in TEXTS} | {"days": entry.get("days", [])}
