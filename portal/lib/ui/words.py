"""Values as people read them: instants, durations, ratios, counts. Pure; zone and clock come as arguments."""

from datetime import UTC, datetime, timedelta, tzinfo
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Literal

NOTHING = "\u2013"
Number = Decimal | Fraction | float
Style = Literal["short", "long", "date", "time", "relative"]
STEPS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def instant(at: datetime, zone: tzinfo, *, style: Style = "short", now: datetime) -> str:
    """The instant on the reader's clock; the year is left out of `short` while it is the current one."""
    local = at.astimezone(zone)
    day = f"{local.day} {local:%b}"
    if style == "relative":
        return relative(at, now=now)
    if style == "time":
        return f"{local:%H:%M}"
    if style == "date":
        return f"{day} {local.year}"
    if style == "long":
        return f"{local:%a} {day} {local.year}, {local:%H:%M} {local.tzname()}"
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    return f"{day}{year}, {local:%H:%M}"


def utc(at: datetime) -> str:
    """The same instant in UTC, to the second, for the hover text."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def relative(at: datetime, *, now: datetime) -> str:
    """Distance from now in one unit: `3 min ago`, `in 2 h`, `just now` within half a minute."""
    gap = at - now
    if abs(gap) < timedelta(seconds=30):
        return "just now"
    text = duration(abs(gap), units=1)
    return f"in {text}" if gap > timedelta(0) else f"{text} ago"


def duration(span: timedelta, *, units: int = 2) -> str:
    """A length of time in its largest units: `1 h 5 min`, `2 d`; below a second `250 ms`."""
    seconds = span.total_seconds()
    if seconds < 0:
        return f"\u2212{duration(-span, units=units)}"
    if 0 < seconds < 1:
        return f"{round(seconds * 1000)} ms"
    parts: list[str] = []
    rest = round(seconds)
    for size, name in STEPS:
        count, rest = divmod(rest, size)
        if count or (parts and len(parts) < units):
            parts.append(f"{count} {name}" if count else "")
    shown = [part for part in parts[:units] if part]
    return " ".join(shown) or "0 s"


def hours(span: timedelta) -> str:
    """A length in hours, to a tenth, however long: `168 h`, `7.5 h`."""
    tenths = round(span / timedelta(minutes=6))
    return f"{tenths // 10:,}{f'.{tenths % 10}' if tenths % 10 else ''}\u00a0h"


def percent(ratio: Number, digits: int = 2) -> str:
    """A ratio 0..1 as a percentage; what is below 1 is never rounded up to 100 %."""
    value = _decimal(ratio) * 100
    step = Decimal(1).scaleb(-digits)
    rounded = value.quantize(step, rounding=ROUND_HALF_UP)
    if rounded >= 100 > value:
        rounded = value.quantize(step, rounding=ROUND_DOWN)
    text = f"{rounded:,f}"
    return f"{text.replace('-', chr(0x2212))}\u00a0%"


def objective(ratio: Number) -> str:
    """A ratio as a percentage with exactly the digits it has: `99.9 %`, `99.95 %`."""
    value = (_decimal(ratio) * 100).normalize()
    return f"{value:f}\u00a0%"


def number(value: Number) -> str:
    """A count with thin groups of thousands; floats keep at most two significant decimals."""
    if isinstance(value, int):
        return f"{value:,}"
    text = f"{_decimal(value):,.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))
