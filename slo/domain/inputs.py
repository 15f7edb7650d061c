"""Numbers as programs and forms send them, read exactly or not at all."""

from decimal import Decimal, InvalidOperation
from typing import Any

LONGEST = 30


def exact_decimal(value: Any) -> Decimal | None:
    """The finite decimal that a number or its text names; None for anything else, booleans included."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    text = str(value)
    if len(text) > LONGEST:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found.adjusted()) <= LONGEST else None


def whole_number(value: Any) -> int | None:
    """The whole number that a number or its text names; None for anything else."""
    found = exact_decimal(value)
    return int(found) if found is not None and found == found.to_integral_value() else None
