"""The forms around resources."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from slo.forms.capacity import MOST_BYTES, InstancesForm, KnownEventForm, LoadTestForm, PointsForm, ScalingForm
from slo.forms.capacity_plans import BudgetForm, PlanForm
from slo.forms.resources import AmountField, normal


def upload(content: bytes) -> Any:
    return {"file": SimpleUploadedFile("points.csv", content)}


def test_a_file_takes_the_place_of_what_was_pasted() -> None:
    form = PointsForm({"text": "old"}, upload("new é".encode()))
    assert form.is_valid()
    assert form.table() == "new é"


def test_bytes_that_are_no_text_are_kept_as_signs() -> None:
    form = PointsForm({}, upload(b"\xff\xfe1"))
    assert form.is_valid()
    assert form.table().endswith("1")


def test_too_much_text_is_refused() -> None:
    assert "text" in PointsForm({"text": "x" * (MOST_BYTES + 1)}).errors


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e40", "1" * 40, "0.0000001", "٣x", "\x00"])
def test_an_amount_is_a_number_that_can_be_kept(value: str) -> None:
    field = AmountField()
    with pytest.raises(ValidationError):
        field.clean(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("500.000000"), "500"), (Decimal("0.110000"), "0.11"), (None, None), (Decimal(10), "10")],
)
def test_padded_zeros_are_left_out(value: Decimal | None, text: str | None) -> None:
    assert normal(value) == text


def test_an_event_as_the_service_takes_it() -> None:
    given = {"name": "Sale", "starts_on": "2026-03-20", "ends_on": "2026-03-22", "multiplier": "1.5"}
    form = KnownEventForm({**given, "whole_service": "on"})
    assert form.is_valid()
    assert form.facts() == {
        "name": "Sale",
        "starts_on": date(2026, 3, 20),
        "ends_on": date(2026, 3, 22),
        "multiplier": Decimal("1.5"),
        "is_yearly": False,
    }


@pytest.mark.parametrize("form", [KnownEventForm, LoadTestForm, ScalingForm, InstancesForm, BudgetForm, PlanForm])
def test_nothing_at_all_is_named_field_by_field(form: Any) -> None:
    filled = form({})
    required = {name for name, field in filled.fields.items() if field.required}
    assert set(filled.errors) == required
