"""What the forms of this app share."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from slo.forms.parts import ObjectiveField


@pytest.mark.parametrize("text", ["99.95", "99,95", "99.95 %", " 99.95% "])
def test_a_percentage_is_read_as_people_write_it(text: str) -> None:
    assert ObjectiveField().clean(text) == Decimal("0.9995")


@pytest.mark.parametrize("text", ["100", "0", "many", "NaN", "99.99999999"])
def test_what_is_no_objective_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        ObjectiveField().clean(text)
