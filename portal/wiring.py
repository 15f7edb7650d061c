"""All wires between the apps: whoever offers something is connected here to the one that shows or uses it."""

from functools import partial

from portal import beat
from portal.lib import clocks, health


def connect() -> None:
    """Registers every connection; calling it again changes nothing."""
    health.register("clocks", partial(clocks.problem, beat.periods()))
