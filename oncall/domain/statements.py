"""A person's month of duty in lines that can be checked by hand and add up exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from oncall.domain import duty_hours, restrictions
from oncall.domain.compensation import Term, Terms, plain
from oncall.domain.duty_hours import Clock
from oncall.domain.duty_load import Duty, Ring
from oncall.domain.restrictions import Stretch

CENT = Decimal("0.01")
HOUR = timedelta(hours=1)
DIGITS = 50


@dataclass(frozen=True, slots=True)
class Rule:
    """Terms in the span in which they count."""

    name: str
    terms: Terms
    starts_at: datetime
    ends_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """`quantity` of `unit` by one line of a rule gives money, weighted hours or days off: exactly one of the three."""

    rule: str
    term: str
    quantity: Fraction
    unit: str
    explanation: str
    currency: str = ""
    money: Decimal | None = None
    hours: Decimal | None = None
    days: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """All lines of a month, and their sums: money by currency, weighted hours, days off."""

    lines: Sequence[Line]
    money: Mapping[str, Decimal]
    hours: Decimal
    days: Decimal


@dataclass(frozen=True, slots=True)
class _Counted:
    """What of a month a rule looks at: all hours, those outside of working time by class, shifts, pages."""

    clock: Clock
    whole: Sequence[Stretch]
    by_class: Mapping[str, Sequence[Stretch]]
    shifts: Sequence[Duty]
    rings: Sequence[datetime]


def statement(
    duties: Sequence[Duty], rings: Iterable[Ring], rules: Iterable[tuple[Rule, Clock]], start: datetime, end: datetime
) -> Statement:
    """The statement of one person for `[start, end)`."""
    told = sorted(ring.at for ring in rings)
    lines: list[Line] = []
    for rule, clock in rules:
        begins, ends = max(start, rule.starts_at), min(end, rule.ends_at or end)
        if begins < ends:
            counted = _counted(duties, told, rule, clock, begins, ends)
            lines += [_line(rule, term, counted) for term in rule.terms.terms]
    kept = [line for line in lines if line.quantity]
    money: dict[str, Decimal] = {}
    for line in kept:
        if line.money is not None:
            money[line.currency] = money.get(line.currency, Decimal()) + line.money
    hours, days = (sum((value or Decimal() for value in values), Decimal()) for values in _sums(kept))
    return Statement(kept, money, hours, days)


def _sums(lines: Sequence[Line]) -> tuple[list[Decimal | None], list[Decimal | None]]:
    return [line.hours for line in lines], [line.days for line in lines]


def _counted(
    duties: Sequence[Duty], told: Sequence[datetime], rule: Rule, clock: Clock, start: datetime, end: datetime
) -> _Counted:
    covered = [duty for duty in duties if duty.role in rule.terms.roles]
    whole = restrictions.common(restrictions.union((duty.start, duty.end) for duty in covered), [(start, end)])
    work = clock.working_time(start, end)
    return _Counted(
        clock=clock,
        whole=whole,
        by_class=clock.classes(restrictions.without(whole, work)),
        shifts=[duty for duty in covered if start <= duty.start < end],
        rings=[at for at in told if start <= at < end and not duty_hours.inside(at, work)],
    )


def _line(rule: Rule, term: Term, counted: _Counted) -> Line:
    terms = rule.terms
    quantity, unit = _quantity(term, counted, terms.round_minutes)
    amount = f"{shown(quantity)} {unit.removesuffix('s') if quantity == 1 else unit}"
    if term.kind == "percentage" and terms.rate is not None:
        money = _rounded(quantity * Fraction(terms.rate) * Fraction(term.value) / 100)
        words = f"{amount} x {plain(terms.rate)} {terms.currency} x {plain(term.value)} % = {money} {terms.currency}"
        return Line(rule.name, term.words, quantity, unit, words, terms.currency, money=money)
    if term.kind == "percentage":
        hours = _rounded(quantity * Fraction(term.value) / 100)
        words = f"{amount} x {plain(term.value)} % = {hours} h"
        return Line(rule.name, term.words, quantity, unit, words, hours=hours)
    if term.kind == "flat":
        money = _rounded(quantity * Fraction(term.value))
        words = f"{amount} x {plain(term.value)} {terms.currency} = {money} {terms.currency}"
        return Line(rule.name, term.words, quantity, unit, words, terms.currency, money=money)
    days = _rounded(quantity / Fraction(term.value))
    return Line(rule.name, term.words, quantity, unit, f"{amount} / {plain(term.value)} h = {days} days off", days=days)


def _quantity(term: Term, counted: _Counted, minutes: int) -> tuple[Fraction, str]:
    stretches = restrictions.union(one for name in term.classes for one in counted.by_class[name])
    match term.per or "hour":
        case "shift":
            return Fraction(sum(_touches(duty, stretches) for duty in counted.shifts)), "shifts"
        case "day":
            return Fraction(len(counted.clock.dates(stretches))), "days"
        case "week":
            return duty_hours.day_share(counted.whole, counted.clock) / 7, "weeks"
        case "page":
            return Fraction(len(_rung(term, counted))), "pages"
    return _hours(duty_hours.total(stretches), minutes), "h"


def _touches(duty: Duty, stretches: Sequence[Stretch]) -> bool:
    return bool(restrictions.common([(duty.start, duty.end)], stretches))


def _rung(term: Term, counted: _Counted) -> list[datetime]:
    found = []
    for at in counted.rings:
        classes = counted.clock.classes([(at, at + timedelta(microseconds=1))])
        if any(classes[name] for name in term.classes):
            found.append(at)
    return found


def _hours(length: timedelta, minutes: int) -> Fraction:
    exact = duty_hours.ratio(length, HOUR)
    if not minutes:
        return exact
    step = Fraction(minutes, 60)
    return (exact / step + Fraction(1, 2)).__floor__() * step


def _rounded(value: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = DIGITS
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, ROUND_HALF_UP)


def shown(value: Fraction) -> str:
    """A quantity to at most four decimals."""
    with localcontext() as context:
        context.prec = DIGITS
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return plain(exact.quantize(Decimal("0.0001"), ROUND_HALF_UP))
