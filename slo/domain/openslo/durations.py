"""OpenSLO's shorthand of durations, such as 5m, 28d or 1Q."""

import re
from datetime import timedelta

SHORTHAND = re.compile(r"([1-9]\d{0,4})([mhdwMQY])", re.ASCII)
LENGTHS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(days=7),
    "M": timedelta(days=30),
    "Q": timedelta(days=90),
    "Y": timedelta(days=365),
}
UNITS = {"1w": "week", "1M": "month", "1Q": "quarter", "1Y": "year"}
SHORT_UNITS = {unit: text for text, unit in UNITS.items()}


def length_of(text: str) -> timedelta | None:
    """The duration of a shorthand, with months of 30, quarters of 90 and years of 365 days; None for anything else."""
    found = SHORTHAND.fullmatch(text)
    return int(found.group(1)) * LENGTHS[found.group(2)] if found else None


def shorthand_of(length: timedelta) -> str:
    """The shorthand of a duration of whole minutes, in the largest of days, hours and minutes that it fills."""
    for unit in "dhm":
        if not length % LENGTHS[unit]:
            return f"{length // LENGTHS[unit]}{unit}"
    raise ValueError(f"{length} is not made of whole minutes.")
