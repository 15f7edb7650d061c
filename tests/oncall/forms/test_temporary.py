"""Rows of a temporary schedule."""

from django.http import QueryDict

from oncall.forms.temporary import Shifts, TemporaryForm
from portal.lib.errors import Conflict, Invalid


def test_a_row_follows_the_one_before() -> None:
    rows = Shifts([{"role": "secondary", "ends_at": "2026-03-05T00:00"}], []).changed("add").rows
    assert rows[1] == {"role": "secondary", "starts_at": "2026-03-05T00:00"}


def test_a_refusal_stands_at_its_row_and_the_rest_at_the_top() -> None:
    rows = Shifts.of_post(QueryDict("shifts-0-role=primary"), [])
    form = TemporaryForm({})
    rows.is_valid()
    rows.add_errors(form, Invalid(fields={"definition.temporary.0.shifts.0.ends_at": ["Later."], "name": ["Taken."]}))
    assert ("Later." in rows.forms[0].errors["ends_at"], "Taken." in form.errors["name"]) == (True, True)


def test_a_refusal_without_fields_stands_at_the_top() -> None:
    form = TemporaryForm({})
    Shifts([], []).add_errors(form, Conflict("No."))
    assert form.non_field_errors() == ["No."]
