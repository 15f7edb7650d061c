"""Running the probes that are due: claim, run many at once, store. Each of the three steps may be repeated."""

from collections.abc import Callable
from datetime import datetime, timedelta

from slo.clients import rounds
from slo.models.probes import MAIN
from slo.services import turns
from slo.services.flights import Flight

CLAIMING = timedelta(seconds=50)
LONGEST_RUN = timedelta(seconds=63)
LONGEST_STOP = timedelta(seconds=8)


def always() -> bool:
    return True


def run_due(
    *,
    clock: Callable[[], datetime],
    location: str = MAIN,
    at_once: int = 1,
    claiming: timedelta = CLAIMING,
    goes_on: Callable[[], bool] = always,
) -> int:
    """Runs the probes that are due at a location and returns how many results were stored.

    While anything is in flight it goes on claiming what becomes due, for `claiming` and as long as `goes_on` says so:
    a slow target keeps nothing else waiting. At most `at_once` processes claim for a location at the same time;
    whoever comes more leaves at once. What does not end soon afterwards is given up and counts as missed.
    """
    with turns.turn(f"probes {location}", of=at_once) as turn:
        if turn is None:
            return 0
        flight = Flight(location, clock=clock)
        if not flight.claim():
            return 0
        end = clock() + claiming
        with rounds.new_round() as running:
            while flight.is_busy and clock() < end and goes_on():
                flight.pass_on(running)
                flight.claim()
            turn.end()
            end = clock() + (LONGEST_RUN if goes_on() else LONGEST_STOP)
            while flight.is_busy and clock() < end:
                flight.pass_on(running)
            flight.give_up()
        return flight.stored
