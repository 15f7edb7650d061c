"""Lines and exponential curves through daily values, with their prediction intervals.

Sums are exact (Fraction); logarithms, roots and curves have 34 digits. Ordinary least squares and the interval of one
further value, mean +- t * s * sqrt(1 + 1/n + (x - mean x)^2 / Sxx): NIST/SEMATECH e-Handbook of Statistical Methods,
sections 4.1.4.1 and 4.5.1.2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, DivisionByZero, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from math import lcm
from statistics import NormalDist

CONFIDENCE = 0.95
LEAST_R2 = Fraction(1, 2)
EXACT = Context(prec=34, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[InvalidOperation, DivisionByZero])
Day = tuple[date, Decimal]


class Model(StrEnum):
    """Linear adds the same amount each day, exponential the same share."""

    LINEAR = "linear"
    EXPONENTIAL = "exponential"


@dataclass(frozen=True, slots=True)
class Line:
    """mean_y + slope * (x - mean_x), the line of least squares; `sse` sums its squared errors, `syy` the mean's."""

    n: int
    mean_x: Fraction
    mean_y: Fraction
    slope: Fraction
    sxx: Fraction
    syy: Fraction
    sse: Fraction

    def at(self, x: Fraction) -> Fraction:
        return self.mean_y + self.slope * (x - self.mean_x)

    def margin(self, x: Fraction) -> Decimal:
        """Half the width of the prediction interval at `x`; zero for points that lie on the line."""
        if not self.sse:
            return Decimal(0)
        variance = self.sse / (self.n - 2) * (1 + Fraction(1, self.n) + (x - self.mean_x) ** 2 / self.sxx)
        return EXACT.multiply(EXACT.sqrt(decimal_of(variance)), student_t(self.n - 2))

    @property
    def r2(self) -> Fraction | None:
        return 1 - self.sse / self.syy if self.syy else None


@dataclass(frozen=True, slots=True)
class Fit:
    """A model of a series; x counts days from `first`. `r2` is on the original scale, None for a constant series."""

    model: Model
    line: Line
    first: date
    last: date
    r2: Decimal | None
    sse: Decimal

    @property
    def n(self) -> int:
        return self.line.n

    @property
    def window_days(self) -> int:
        """How many days the window has from the first to the last, both counted, whether measured or not."""
        return (self.last - self.first).days + 1

    def number_of(self, day: date) -> int:
        return (day - self.first).days

    def day_of(self, number: int) -> date:
        return self.first + timedelta(days=number)

    def value(self, x: Fraction | int) -> Decimal:
        """The likely value; for a curve the median, for its logarithms spread evenly about the line."""
        return self._unscaled(decimal_of(self.line.at(Fraction(x))))

    def low(self, x: Fraction | int) -> Decimal:
        """Below this lies one value of forty at a level of 95 %."""
        at = Fraction(x)
        return self._unscaled(EXACT.subtract(decimal_of(self.line.at(at)), self.line.margin(at)))

    def high(self, x: Fraction | int) -> Decimal:
        """Above this lies one value of forty at a level of 95 %."""
        at = Fraction(x)
        return self._unscaled(EXACT.add(decimal_of(self.line.at(at)), self.line.margin(at)))

    def _unscaled(self, value: Decimal) -> Decimal:
        return EXACT.exp(value) if self.model is Model.EXPONENTIAL else value


def decimal_of(value: Fraction) -> Decimal:
    """A fraction to 34 digits."""
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def student_t(freedom: int, confidence: float = CONFIDENCE) -> Decimal:
    """The two-sided quantile of Student's t; from 10 degrees of freedom on right to 0.0001.

    The expansion about the normal quantile is Abramowitz and Stegun 26.7.5.
    """
    z, v = NormalDist().inv_cdf((1 + confidence) / 2), float(freedom)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return Decimal(z + sum(term / v ** (power + 1) for power, term in enumerate(terms)))


def least_squares(points: Sequence[tuple[int, Decimal]]) -> Line:
    """The line through `(x, y)` with the least squared error; there are at least two different x."""
    n, fractions = len(points), [Fraction(y) for _, y in points]
    scale = lcm(*{fraction.denominator for fraction in fractions})
    xs, ys = [x for x, _ in points], [fraction.numerator * (scale // fraction.denominator) for fraction in fractions]
    sum_x, sum_y = sum(xs), sum(ys)
    sxx = Fraction(n * sum(x * x for x in xs) - sum_x**2, n)
    sxy = Fraction(n * sum(x * y for x, y in zip(xs, ys, strict=True)) - sum_x * sum_y, n * scale)
    syy = Fraction(n * sum(y * y for y in ys) - sum_y**2, n * scale**2)
    return Line(n, Fraction(sum_x, n), Fraction(sum_y, n * scale), sxy / sxx, sxx, syy, syy - sxy**2 / sxx)


def linear(days: Sequence[Day]) -> Fit:
    """The line through the values."""
    first = days[0][0]
    line = least_squares([((day - first).days, value) for day, value in days])
    r2 = None if line.r2 is None else decimal_of(line.r2)
    return Fit(Model.LINEAR, line, first, days[-1][0], r2, decimal_of(line.sse))


def exponential(days: Sequence[Day], spread: Decimal) -> Fit | None:
    """The curve whose logarithm is the line through the logarithms of the values; None where one is not above zero.

    `spread` is the sum of squares of the values about their mean.
    """
    if any(value <= 0 for _, value in days):
        return None
    first = days[0][0]
    line = least_squares([((day - first).days, EXACT.ln(value)) for day, value in days])
    curve = Fit(Model.EXPONENTIAL, line, first, days[-1][0], None, Decimal(0))
    sse = _squares(curve, days)
    r2 = EXACT.subtract(Decimal(1), EXACT.divide(sse, spread)) if spread else None
    return Fit(Model.EXPONENTIAL, line, first, days[-1][0], r2, sse)


def best(days: Sequence[Day]) -> tuple[Fit, Fit | None]:
    """The better of both models, and the one it was compared with, by squared errors on the original scale.

    A curve competes only where its logarithms follow their line with an r2 of at least 0.5; a tie goes to the line.
    """
    line = linear(days)
    curve = exponential(days, decimal_of(line.line.syy))
    fair = curve is not None and curve.line.r2 is not None and curve.line.r2 >= LEAST_R2
    return (curve, line) if curve and fair and curve.sse < line.sse else (line, curve)


def _squares(fit: Fit, days: Sequence[Day]) -> Decimal:
    total = Decimal(0)
    for day, value in days:
        error = EXACT.subtract(value, fit.value(fit.number_of(day)))
        total = EXACT.add(total, EXACT.multiply(error, error))
    return total
