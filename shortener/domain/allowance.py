"""How much of what a team may use in a month is used up."""

from dataclasses import dataclass

WARN_AT = 0.8


@dataclass(frozen=True, slots=True)
class Allowance:
    """One bound of a quota: `noun` says of what, `limit` is None without a bound."""

    noun: str
    used: int
    limit: int | None

    @property
    def ratio(self) -> float:
        """Used part of the bound; 1.0 and above is full. Without a bound 0."""
        if self.limit is None:
            return 0.0
        return self.used / self.limit if self.limit else 1.0

    @property
    def percent(self) -> int:
        """The used part in whole per cent, at most 100: never rounded up to a full one."""
        return min(100, int(self.ratio * 100))

    @property
    def is_full(self) -> bool:
        return self.limit is not None and self.used >= self.limit

    @property
    def is_near(self) -> bool:
        """Whether 80 % are used up or more."""
        return self.limit is not None and self.ratio >= WARN_AT

    @property
    def sentence(self) -> str:
        """`450 of 500 links of this month are used.`"""
        if self.limit is None:
            return f"{self.used:,} {self.noun} this month, without a bound."
        return f"{self.used:,} of {self.limit:,} {self.noun} of this month are used."
