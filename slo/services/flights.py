"""The probes that one worker has in flight at a location, from their claims to their stored results."""

from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from itertools import count

from portal.lib.rounds import Round
from slo.clients import rounds
from slo.clients.rounds import Run
from slo.selectors import adjustments
from slo.services import claims, locations, results
from slo.services.claims import Claim
from slo.services.results import Finished

PAUSE = 0.25
ENOUGH = 500
MOST = 3000
MOST_OF_A_HOST = 2 * rounds.AT_ONCE_PER_HOST
ASKED_AGAIN_AFTER = timedelta(seconds=10)


class Flight:
    """Claims in hand and in flight; every claim ends stored, or given up and counted as missed."""

    def __init__(self, location: str, *, clock: Callable[[], datetime]) -> None:
        self.location, self.stored = location, 0
        self._clock = clock
        self._numbers = count()
        self._flying: dict[int, Claim] = {}
        self._fresh: dict[int, Claim] = {}
        self._sign = locations.SignOfLife(location)
        self._rest = _Rest()

    @property
    def is_busy(self) -> bool:
        """Whether any claim has not ended yet."""
        return bool(self._flying)

    def claim(self) -> bool:
        """Takes what is due and tells whether that was anything; hosts whose queue is full wait, services at rest, too.

        A claim of a service at rest is let go and counts nothing.
        """
        now = self._clock()
        self._sign.tell_due(now=now)
        room = min(claims.BATCH, MOST - len(self._flying))
        taken = claims.claim_due(now=now, location=self.location, limit=room, full_hosts=self._full_hosts())
        resting = self._rest.services({one.service_id for one in taken}, now)
        claims.let_go([one for one in taken if one.service_id in resting])
        fresh = {next(self._numbers): one for one in taken if one.service_id not in resting}
        self._fresh |= fresh
        self._flying |= fresh
        return bool(fresh)

    def pass_on(self, running: Round[int, Run]) -> None:
        """Puts the fresh claims in flight, and stores what finished in the next moment."""
        running.start(
            rounds.work_of(number, claim.spec, host=claim.host, patience=claim.patience)
            for number, claim in self._fresh.items()
        )
        self._fresh = {}
        found = [(self._flying.pop(number), run) for number, run in running.wait(PAUSE, enough=ENOUGH)]
        if not found:
            return
        finished = [Finished(claim, run.outcome, claim.at + run.waited) for claim, run in found]
        self.stored += results.store(finished, now=self._clock())
        self._sign.add(finished[-1].at, [one.lag for one in finished if one.outcome.measured])

    def give_up(self) -> None:
        """Counts what is still in flight as missed."""
        claims.give_up(self._flying.values())
        self._flying, self._fresh = {}, {}

    def _full_hosts(self) -> list[str]:
        hosts = Counter(claim.host for claim in self._flying.values())
        return [host for host, number in hosts.items() if number >= MOST_OF_A_HOST]


class _Rest:
    """Which services have their probes paused by maintenance, asked for again every ten seconds."""

    def __init__(self) -> None:
        self._asked: dict[int, tuple[datetime, bool]] = {}

    def services(self, service_ids: Collection[int], now: datetime) -> set[int]:
        """Those of `service_ids` that rest now."""
        unknown = [one for one in service_ids if one not in self._asked or self._asked[one][0] <= now]
        if unknown:
            found = adjustments.maintenance_of(unknown, now)
            for one in unknown:
                rests = any(window.pauses_probes for window in found.get(one, []))
                self._asked[one] = (now + ASKED_AGAIN_AFTER, rests)
        return {one for one in service_ids if self._asked[one][1]}
