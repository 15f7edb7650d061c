"""Points as people and programs send them: pairs of a day or an instant and a value."""

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from slo.domain.capacity.fits import Day

MOST_POINTS = 10_000
SHOWN_PROBLEMS = 20
PLACES = 30
LARGEST = Decimal(10) ** 30
FIRST_YEAR, LAST_YEAR = 1970, 2199
Reading = tuple[datetime, Decimal]


class BadPoint(ValueError):
    """What is wrong with one day or one value."""


class Problems(ValueError):
    """What is wrong with a list of points; each message names its point by position, counted from 0."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = list(messages)


def read_points(data: Any) -> list[Day]:
    """The points with their UTC days. Problems names everything that is wrong with them."""
    return [(at.date(), value) for at, value in read_readings(data)]


def read_readings(data: Any) -> list[Reading]:
    """The points with their instants; a day stands for its first instant in UTC. Problems says what is wrong."""
    if not isinstance(data, list):
        raise Problems(["Give a list of [day, value]."])
    if len(data) > MOST_POINTS:
        raise Problems([f"Give at most {MOST_POINTS:,} points."])
    found: list[Reading] = []
    messages: list[str] = []
    for number, pair in enumerate(data):
        try:
            found.append(_reading(pair))
        except ValueError as error:
            messages.append(f"Point {number}: {error}")
    if len(messages) > SHOWN_PROBLEMS:
        messages = [*messages[:SHOWN_PROBLEMS], f"{len(messages) - SHOWN_PROBLEMS} more points are wrong."]
    if messages:
        raise Problems(messages)
    return found


def instant(data: Any) -> datetime:
    """The instant of a day such as 2026-01-31 or of an RFC 3339 time, in UTC; BadPoint says what is wrong."""
    if not isinstance(data, str):
        raise BadPoint("the day is a text such as 2026-01-31.")
    try:
        at = _instant(data)
    except (ValueError, OverflowError) as error:
        raise BadPoint(f"'{_quoted(data)}' is no day such as 2026-01-31.") from error
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise BadPoint(f"the day lies between {FIRST_YEAR} and {LAST_YEAR}.")
    return at


def amount(data: Any) -> Decimal:
    """An exact number of at most 30 digits before and behind the point; BadPoint says what is wrong."""
    if isinstance(data, bool) or not isinstance(data, int | float | str | Decimal):
        raise BadPoint("the value is a number.")
    if isinstance(data, float) and not math.isfinite(data):
        raise BadPoint("the value is a finite number.")
    if isinstance(data, int) and abs(data) > LARGEST:
        raise BadPoint("the value lies between -10^30 and 10^30.")
    return _bounded(_decimal(data))


def _reading(pair: Any) -> Reading:
    if not isinstance(pair, list | tuple) or len(pair) != 2:
        raise BadPoint("it is a pair of a day and a value.")
    return instant(pair[0]), amount(pair[1])


def _instant(text: str) -> datetime:
    if len(text) == len("2026-01-31"):
        day = date.fromisoformat(text)
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _decimal(data: float | str | Decimal) -> Decimal:
    text = str(data).strip()
    if len(text) > 2 * PLACES + 10:
        raise BadPoint("the value has too many digits.")
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise BadPoint("the value is a number.") from error
    if not found.is_finite():
        raise BadPoint("the value is a finite number.")
    return found


def _bounded(value: Decimal) -> Decimal:
    if value and (value.adjusted() > PLACES or abs(value) > LARGEST):
        raise BadPoint("the value lies between -10^30 and 10^30.")
    if value and value.adjusted() < -PLACES:
        return Decimal(0)
    return value


def _quoted(text: str) -> str:
    return "".join(character if character.isprintable() else "?" for character in text[:40])
