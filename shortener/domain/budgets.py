"""Budgets in fixed windows: how many of something a caller may do in a second, a minute, an hour or a day."""

from dataclasses import dataclass

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
WORDS = {1: "second", 60: "minute", 3600: "hour", 86_400: "day"}


@dataclass(frozen=True, slots=True)
class Budget:
    """`limit` in each window of `seconds`; windows begin at whole multiples since the epoch."""

    limit: int
    seconds: int

    @property
    def text(self) -> str:
        return f"{self.limit} per {WORDS[self.seconds]}"

    def window(self, second: int) -> int:
        """The number of the window that `second` lies in."""
        return second // self.seconds

    def wait(self, second: int) -> int:
        """Whole seconds until the next window begins, at least one."""
        return self.seconds - second % self.seconds


def parse(text: str) -> Budget:
    """`60/min` as a budget; ValueError for anything else."""
    count, _, unit = text.strip().partition("/")
    if not count.isdecimal() or unit[:1] not in SECONDS:
        raise ValueError(f"{text!r} is no budget; write it as 60/min.")
    return Budget(limit=int(count), seconds=SECONDS[unit[0]])
