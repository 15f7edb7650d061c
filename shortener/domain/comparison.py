"""How a number stands to the one before it, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """`now` beside `before`, both counts of spans of one length."""

    now: int
    before: int

    @property
    def ratio(self) -> float | None:
        """The change as a share of the former number: 0.5 is half as much again; None when there was nothing."""
        return None if self.before == 0 else (self.now - self.before) / self.before

    @property
    def words(self) -> str:
        """`12 % more`, `3 % fewer`, `as many`, or `none before`."""
        if self.now == self.before:
            return "as many"
        if self.ratio is None:
            return "none before"
        share = abs(self.ratio) * 100
        shown = f"{share:,.0f}" if share >= 1 else f"{share:.1f}"
        return f"{shown}\u00a0% {'more' if self.now > self.before else 'fewer'}"

    def against(self, period: str) -> str:
        """The words with the period that they are held against: `12 % more than the week before`."""
        if self.now == self.before:
            return f"as many as {period}"
        return f"none {period}" if self.ratio is None else f"{self.words} than {period}"

    @property
    def tone(self) -> str:
        """up, down or flat."""
        if self.now == self.before:
            return "flat"
        return "up" if self.now > self.before else "down"
