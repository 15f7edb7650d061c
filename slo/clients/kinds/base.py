"""What every kind of probe offers."""

from typing import Protocol

from slo.domain.probing import Outcome, ProbeSpec


class Kind(Protocol):
    """One way to ask a target whether it works."""

    key: str
    label: str

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that a probe may choose from, the usual one first."""

    def check_target(self, url: str) -> None:
        """Raises ValueError with a sentence when `url` is nothing that this kind can probe."""

    async def run(self, spec: ProbeSpec) -> Outcome:
        """Runs once; every failure of the target is an Outcome, never an exception."""
