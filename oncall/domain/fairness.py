"""How evenly a rotation is shared: each person's distance from the mean, and what that means in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

EVEN, UNEVEN = Fraction(1, 5), Fraction(1, 2)
FEW = Fraction(4)
"""Where the mean is below this many hours or interrupts, a difference says nothing yet."""

STATES = {"even": "ok", "uneven": "warning", "lopsided": "high", "few": "none"}


@dataclass(frozen=True, slots=True)
class Share:
    """One person's value and its distance from the mean as a ratio of it; None where the mean is zero."""

    value: Fraction
    deviation: Fraction | None


@dataclass(frozen=True, slots=True)
class Balance:
    """One measure of a rotation; `verdict` is `even`, `uneven`, `lopsided`, or `few` where there is too little."""

    measure: str
    unit: str
    mean: Fraction
    shares: Mapping[int, Share]
    verdict: str

    @property
    def state(self) -> str:
        """The word for a badge, in which the verdict has its colour."""
        return STATES[self.verdict]

    @property
    def words(self) -> str:
        """The verdict as a sentence that names nobody."""
        mean = f"{float(self.mean):.4g} {self.unit}"
        widest = max((abs(one.deviation or Fraction()) for one in self.shares.values()), default=Fraction())
        if self.verdict == "few":
            return f"{self.measure}: too little yet to compare (mean {mean})."
        if self.verdict == "even":
            return f"{self.measure}: shared evenly, nobody is more than 20 % from the mean of {mean}."
        size = "very unevenly" if self.verdict == "lopsided" else "unevenly"
        return f"{self.measure}: shared {size}, up to {float(widest) * 100:.0f} % from the mean of {mean}."


def balance(measure: str, unit: str, values: Mapping[int, Fraction]) -> Balance:
    """The balance of one measure over everybody who shares the rotation, those with nothing included."""
    mean = sum(values.values(), Fraction()) / len(values) if values else Fraction()
    shares = {who: Share(value, (value - mean) / mean if mean else None) for who, value in values.items()}
    return Balance(measure, unit, mean, shares, _verdict(shares, mean))


def _verdict(shares: Mapping[int, Share], mean: Fraction) -> str:
    if len(shares) < 2 or mean < FEW:
        return "few"
    widest = max(abs(one.deviation or Fraction()) for one in shares.values())
    if widest <= EVEN:
        return "even"
    return "uneven" if widest <= UNEVEN else "lopsided"
