"""The assertions and the steps of a probe: repeated rows that work without scripts, because more can be asked for."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from slo.clients.kinds.scenario import STEP
from slo.domain.assertions import COMPARISONS, SUBJECTS
from slo.forms import probe_fields

MOST = 20
SPARE = 2
PARTS = ("subject", "path", "comparison", "value")


class AssertionForm(forms.Form):
    """One assertion; a row without a subject is none."""

    subject = forms.ChoiceField(label="What", required=False)
    path = forms.CharField(label="Name or path", required=False, max_length=200)
    comparison = forms.ChoiceField(label="Must", required=False, choices=list(COMPARISONS.items()), initial="contains")
    value = forms.CharField(label="Value", required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subject: Any = self.fields["subject"]
        subject.choices = [("", "nothing"), *((key, one.label) for key, one in SUBJECTS.items())]

    @property
    def is_blank(self) -> bool:
        """Whether the row says nothing."""
        return not self.cleaned_data.get("subject") and not self.cleaned_data.get("value")

    def fact(self) -> dict[str, str]:
        """The assertion as it is stored."""
        data = {name: self.cleaned_data[name] for name in PARTS if self.cleaned_data[name]}
        if data.get("comparison") in {"exists", "not_exists"}:
            data.pop("value", None)
        return data

    def place(self, path: str, problems: Sequence[str]) -> None:
        """Puts the problems of a part at its field."""
        for problem in problems:
            self.add_error(path if path in self.fields else None, problem)


class StepForm(forms.Form):
    """One step of a scenario; assertions and captured values are typed one on each line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        probe_fields.add_fields(self, STEP, "")
        self.fields["assertions"].help_text = "One on each line: json $.status equals ok, or body contains welcome."

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed that a step could be made of."""
        return not any(self.cleaned_data.get(name) for name in ("name", "url", "body", "headers", "assertions"))

    def fact(self) -> dict[str, Any]:
        """The step as it is stored."""
        return probe_fields.values(self, STEP, "")

    def place(self, path: str, problems: Sequence[str]) -> None:
        """Puts the problems of a part at its field."""
        if not probe_fields.placed(self, path, problems, ""):
            self.add_error(None, list(problems))


class Rows:
    """Rows of one kind under a prefix: those that are stored and some spare ones, more when asked for."""

    def __init__(
        self,
        row: type[AssertionForm | StepForm],
        prefix: str,
        data: Any,
        stored: Sequence[Mapping[str, Any]],
        spare: int,
    ) -> None:
        self.prefix = prefix
        total = _number(data, f"{prefix}-total") if data is not None else len(stored) + spare
        if data is not None and data.get("action") == f"more-{prefix}":
            total += SPARE
        self.total = min(max(total, 1), MOST)
        self.forms = [
            row(data, prefix=f"{prefix}-{number}", initial=_initial(row, stored, number))
            for number in range(self.total)
        ]

    @property
    def has_room(self) -> bool:
        """Whether more rows can be asked for."""
        return self.total < MOST

    def is_valid(self) -> bool:
        """Whether every row is; all are looked at."""
        return not [form for form in self.forms if not form.is_valid()]

    def filled(self) -> list[AssertionForm | StepForm]:
        """The rows that say something, in order."""
        return [form for form in self.forms if not form.is_blank]

    def facts(self) -> list[dict[str, Any]]:
        """What is stored of them."""
        return [form.fact() for form in self.filled()]

    def place(self, path: str, problems: Sequence[str]) -> bool:
        """Puts the problems of `0.path` at the row and field; false when there is no such row."""
        number, _, rest = path.partition(".")
        filled = self.filled()
        if not number.isdecimal() or int(number) >= len(filled):
            return False
        filled[int(number)].place(rest, problems)
        return True


def _number(data: Any, name: str) -> int:
    text = str(data.get(name, ""))
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 3 else 0


def _initial(row: type[AssertionForm | StepForm], stored: Sequence[Mapping[str, Any]], number: int) -> dict[str, Any]:
    if number >= len(stored):
        return probe_fields.initial(STEP, {}, "") if row is StepForm else {}
    return probe_fields.initial(STEP, stored[number], "") if row is StepForm else dict(stored[number])
