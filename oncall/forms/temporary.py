"""A temporary schedule: its name and time, and rows of fixed shifts that come and go by plain submits."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from oncall.forms.duties import moment
from oncall.forms.policies import offer
from oncall.forms.schedule_rows import ROLES
from oncall.services.temporary import FixedShift
from portal.accounts.models import User
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors

MOST_SHIFTS = 100
SHIFT = re.compile(r"shifts\.(\d{1,3})(?:\.(\w+))?")


class TemporaryForm(forms.Form):
    """When it takes the place of the layers."""

    name = forms.CharField(max_length=80, initial="Holidays")
    starts_at = moment("From")
    ends_at = moment("Until")


class ShiftForm(forms.Form):
    """One fixed shift of one person."""

    role = forms.ChoiceField(choices=ROLES)
    person = forms.ChoiceField()
    starts_at = moment("From")
    ends_at = moment("Until")

    def __init__(self, *args: Any, members: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", [(str(user.pk), str(user)) for user in members])


class Shifts:
    """The rows as they stand."""

    def __init__(self, rows: list[dict[str, Any]], members: Iterable[User], sent: QueryDict | None = None) -> None:
        self.rows, self.members = rows, list(members)
        self.forms = [
            ShiftForm(sent, initial=row, prefix=f"shifts-{place}", members=self.members)
            for place, row in enumerate(rows)
        ]

    @classmethod
    def fresh(cls, members: Iterable[User], span: Mapping[str, Any]) -> "Shifts":
        """One row for the whole time."""
        return cls([dict(span) | {"role": "primary"}], members)

    @classmethod
    def of_post(cls, data: QueryDict, members: Iterable[User]) -> "Shifts":
        """What was sent."""
        rows: list[dict[str, Any]] = []
        while len(rows) < MOST_SHIFTS and f"shifts-{len(rows)}-role" in data:
            prefix = f"shifts-{len(rows)}"
            rows.append({name: data.get(f"{prefix}-{name}", "") for name in ShiftForm.base_fields})
        return cls(rows, members, data)

    def changed(self, action: str) -> "Shifts":
        """The rows after `add` or `remove:<n>`; a new one begins where the last ends."""
        verb, _, place = action.partition(":")
        rows = list(self.rows)
        if verb == "add" and len(rows) < MOST_SHIFTS:
            last = rows[-1] if rows else {"role": "primary"}
            rows.append({"role": last["role"], "starts_at": last.get("ends_at", "")})
        elif verb == "remove" and place.isascii() and place.isdigit() and len(place) < 4 and int(place) < len(rows):
            rows.pop(int(place))
        return Shifts(rows, self.members)

    def is_valid(self) -> bool:
        """Checks every row, so that all errors are told at once."""
        checked = [form.is_valid() for form in self.forms]
        return all(checked)

    def shifts(self) -> list[FixedShift]:
        """The shifts of valid rows."""
        told = [form.cleaned_data for form in self.forms]
        return [FixedShift(one["role"], (int(one["person"]),), one["starts_at"], one["ends_at"]) for one in told]

    def add_errors(self, form: TemporaryForm, error: DomainError) -> None:
        """Puts a refusal at its row and field where it has one."""
        left: dict[str, Any] = {}
        for path, texts in error.fields.items():
            found = SHIFT.search(path)
            if found and int(found[1]) < len(self.forms):
                row = self.forms[int(found[1])]
                row.add_error(found[2] if found[2] in row.fields else None, list(texts))
            else:
                left[path] = texts
        if left or not error.fields:
            error.fields = left
            add_errors(form, error)
