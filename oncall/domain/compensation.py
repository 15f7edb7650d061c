"""What hours of duty are worth: the terms of a rule.

    {"currency": "EUR", "rate": "40.00",                  what the money is in; money per hour, for percentages
     "roles": ["primary", "secondary"],                   the roles that are covered
     "time_zone": "Europe/Vienna",                        whose clock counts; left out: each person's own
     "country": "AT", "subdivision": "9",                 whose public holidays count; left out: none
     "working": [{"weekdays": ["mon", "tue"], "from": "09:00", "to": "17:00"}],
                                                          ordinary work, which is never counted, but on holidays
     "round_minutes": 15,                                 hours are rounded to this, half up; 0 leaves them exact
     "lines": [{"kind": "percentage", "percent": "15", "of": ["night", "weekend"]},
               {"kind": "flat", "per": "day", "amount": "50.00"},
               {"kind": "days_off", "per_hours": "40"}]}

`of` are classes of hours; without it all. Each hour is of exactly one: holiday before weekend before night before
weekday. `per` is hour, shift (where it begins), day (each date touched), page, or week (seven whole days of duty
in any hours, so that it takes no `of`). Without a rate a percentage gives weighted hours instead of money.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from oncall.domain import json_fields, restrictions
from oncall.domain.duty_hours import CLASSES
from oncall.domain.json_fields import Fields, Problems
from oncall.domain.restrictions import WEEKDAYS, Restriction

KINDS = ("percentage", "flat", "days_off")
PER = ("hour", "shift", "day", "week", "page")
ROLES = ("primary", "secondary", "shadow")
ROUNDINGS = (0, 1, 5, 15, 30, 60)
FIELDS = ("currency", "rate", "roles", "time_zone", "country", "subdivision", "working", "round_minutes", "lines")
MOST_LINES, MOST_WINDOWS = 12, 14
MOST_MONEY, MOST_PERCENT, MOST_HOURS = Decimal(1_000_000), Decimal(1000), Decimal(10_000)
WRONG_WORDS = "Choose among {}."


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a rule: `value` is the percentage, the money, or the hours for one day off, by its kind."""

    kind: str
    value: Decimal
    classes: tuple[str, ...] = CLASSES
    per: str = ""

    @property
    def words(self) -> str:
        """The line as people say it."""
        of = "" if set(self.classes) == set(CLASSES) else f", {' and '.join(PLURALS[one] for one in self.classes)} only"
        if self.kind == "percentage":
            return f"{plain(self.value)} % of hours on call{of}"
        if self.kind == "flat":
            return f"{plain(self.value)} per {self.per}{of}"
        return f"a day off per {plain(self.value)} hours on call{of}"


@dataclass(frozen=True, slots=True)
class Terms:
    """A rule that can be applied; without `zone` on each person's own clock."""

    terms: tuple[Term, ...]
    currency: str = "EUR"
    rate: Decimal | None = None
    roles: tuple[str, ...] = ("primary", "secondary")
    zone: ZoneInfo | None = None
    country: str = ""
    subdivision: str = ""
    working: tuple[Restriction, ...] = ()
    round_minutes: int = 0


PLURALS = {"holiday": "holidays", "weekend": "weekends", "night": "nights", "weekday": "weekdays"}


def read(raw: Any) -> Terms:
    """The terms of a stored rule; what cannot be read is left out or taken as usual."""
    return _read(raw, {})


def problems(raw: Any) -> Mapping[str, list[str]]:
    """What is wrong with terms, by the path of the field, such as `lines.0.percent`; all of it at once."""
    found: Problems = {}
    _read(raw, found)
    return found


def plain(value: Decimal | Fraction) -> str:
    """A number without trailing zeros, never as a power of ten."""
    exact = value if isinstance(value, Decimal) else Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _read(raw: Any, found: Problems) -> Terms:
    fields = json_fields.fields_of(raw, "", found)
    fields.only(*FIELDS)
    return Terms(
        terms=tuple(term for one in fields.objects("lines", MOST_LINES, required=True) if (term := _term(one))),
        currency=_currency(fields),
        rate=None if fields.missing("rate") else _number(fields, "rate", MOST_MONEY),
        roles=_words(fields, "roles", ROLES, ("primary", "secondary")),
        zone=None if fields.missing("time_zone") else fields.zone("time_zone"),
        country=_capitals(fields, "country"),
        subdivision=fields.text("subdivision", "", 10),
        working=tuple(window for one in fields.objects("working", MOST_WINDOWS) if (window := _window(one))),
        round_minutes=_rounding(fields),
    )


def _term(fields: Fields) -> Term | None:
    fields.only("kind", "of", "percent", "per", "amount", "per_hours")
    kind, classes = fields.choice("kind", KINDS), _words(fields, "of", CLASSES, CLASSES)
    if kind == "percentage":
        value, per = _number(fields, "percent", MOST_PERCENT), ""
    elif kind == "flat":
        value, per = _number(fields, "amount", MOST_MONEY), fields.choice("per", PER) or ""
        if per == "week" and set(classes) != set(CLASSES):
            fields.complain("of", "A week has hours of all kinds.")
    elif kind == "days_off":
        value, per = _number(fields, "per_hours", MOST_HOURS), ""
    else:
        return None
    return Term(kind, value, classes, per) if value and (per or kind != "flat") else None


def _number(fields: Fields, name: str, most: Decimal) -> Decimal | None:
    raw = fields.raw.get(name)
    try:
        value = Decimal(str(raw)) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or not 0 < value <= most or value != round(value, 4):
        fields.complain(name, f"Give a number above 0, at most {most:,}, with up to 4 decimals.")
        return None
    return value


def _words(fields: Fields, name: str, known: Collection[str], usual: tuple[str, ...]) -> tuple[str, ...]:
    if fields.missing(name):
        return usual
    given = fields.names(name, len(known))
    if not given or set(given) - set(known):
        fields.complain(name, WRONG_WORDS.format(", ".join(known)))
        return usual
    return tuple(one for one in known if one in given)


def _currency(fields: Fields) -> str:
    return _capitals(fields, "currency", 3) or "EUR"


def _capitals(fields: Fields, name: str, length: int = 2) -> str:
    text = fields.text(name, "", length)
    if text and not (len(text) == length and text.isascii() and text.isalpha() and text.isupper()):
        fields.complain(name, f"Give {length} capital letters.")
        return ""
    return text


def _rounding(fields: Fields) -> int:
    minutes = fields.whole("round_minutes", 0, 60, 0)
    if minutes not in ROUNDINGS:
        fields.complain("round_minutes", f"Choose one of {', '.join(map(str, ROUNDINGS))}.")
        return 0
    return minutes


def _window(fields: Fields) -> Restriction | None:
    fields.only("weekdays", "from", "to")
    days = _words(fields, "weekdays", WEEKDAYS, WEEKDAYS[:5])
    begins, ends = fields.clock("from"), fields.clock("to")
    if begins is None or ends is None:
        return None
    if begins == ends and ends != time():
        fields.complain("to", "It must differ from `from`.")
        return None
    return restrictions.between([WEEKDAYS.index(day) for day in days], begins, ends)
