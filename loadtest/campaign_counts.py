"""The fault campaign of probes: workers are killed, clocks moved, databases taken away, and every count is checked.

Probes ask a server that counts its answers. Whatever is done to the workers: no slot is counted twice, so the counts
of a minute are exactly the results stored for it and never more than the server answered; a probe of a target that
always answers well is never counted bad, because the outage of the monitor is no outage of what it watches; and what
nobody looked at is missing, not zero.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from loadtest import answering
from portal.embedded import children

ROOT = Path(__file__).resolve().parents[1]
INTERVAL = timedelta(seconds=10)
LOCATIONS = ["main", "vienna"]
FAILING_EACH = 4
Ask = Callable[[str], list[tuple[Any, ...]]]

STORED = """
SELECT probe.url, count(result.*), count(*) FILTER (WHERE result.ok) FROM slo_probe AS probe
LEFT JOIN slo_proberesult AS result ON result.probe_id = probe.id GROUP BY probe.url
"""
WRONG_MINUTES = """
WITH result AS (
    SELECT probe_id, date_trunc('minute', at) AS minute, count(*) AS total, count(*) FILTER (WHERE ok) AS good
    FROM slo_proberesult GROUP BY 1, 2
), counted AS (
    SELECT probe_id, minute, total, good FROM slo_minutecount JOIN slo_sli ON slo_sli.id = sli_id
    WHERE kind = 'probe' AND minute >= (SELECT min(minute) FROM result)
)
SELECT count(*) FILTER (WHERE counted.total > coalesce(result.total, 0)),
    count(*) FILTER (WHERE result.total > coalesce(counted.total, 0)),
    count(*) FILTER (WHERE counted.good IS DISTINCT FROM result.good),
    coalesce(sum(counted.total), 0)::bigint
FROM result FULL JOIN counted USING (probe_id, minute)
"""
MISSED = "SELECT coalesce(sum(missed_count), 0)::bigint FROM slo_probelocation"


@dataclass
class Crew:
    """Processes by name, which are started, killed without warning, and started again."""

    commands: Mapping[str, Sequence[str]]
    environment: dict[str, str]
    log: IO[bytes]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        """Starts a process in a group of its own."""
        words = [sys.executable, *self.commands[name]]
        self.running[name] = children.start(words, env=self.environment, cwd=ROOT, output=self.log)

    def kill(self, name: str) -> None:
        """Ends a process and its children at once, wherever they are."""
        child = self.running.pop(name, None)
        if child is not None:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait(10)

    def restart(self, name: str) -> None:
        """Kills it and starts it again."""
        self.kill(name)
        self.start(name)

    def kill_all(self) -> None:
        """Ends all of them."""
        for name in list(self.running):
            self.kill(name)

    def move_clock(self, location: str, by: timedelta) -> None:
        """Lets one more worker run once what its clock, which is wrong by so much, takes for due."""
        words = [sys.executable, "-m", "loadtest.campaign_counts", location, str(by.total_seconds())]
        subprocess.run(words, env=self.environment, cwd=ROOT, check=False, stdout=self.log, stderr=self.log)


@dataclass(frozen=True)
class Books:
    """What the server answered, what was stored and what was counted; the last five must be zero."""

    answered: int
    stored: int
    counted: int
    missed: int
    faults: Counter[str]
    over_answered: int
    counted_twice: int
    not_counted: int
    good_differs: int
    bad_of_good_targets: int

    @property
    def wrong(self) -> int:
        """How much is wrong, all together."""
        return self.over_answered + self.counted_twice + self.not_counted + self.good_differs + self.bad_of_good_targets


def fill(service: Any, port: int, *, probes: int, now: datetime) -> None:
    """So many probes at both locations, each with a path of its own; every fourth target always fails."""
    from slo.models import Probe, Sli
    from slo.services import locations

    for number in range(probes):
        path = f"{answering.FAILING if number % FAILING_EACH == 0 else ''}/p{number}"
        probe = Probe.objects.create(
            service=service,
            name=f"p{number}",
            url=f"http://127.0.0.1:{port}{path}",
            interval=INTERVAL,
            timeout=timedelta(seconds=8),
            locations=LOCATIONS,
            created_at=now,
        )
        Sli.objects.create(service=service, kind="probe", probe=probe, name=probe.name, started_at=now, created_at=now)
        locations.plan(probe, now=now)


def campaign(faults: Mapping[str, Callable[[], object]], *, number: int, seed: int, longest_gap: float) -> Counter[str]:
    """Does so many faults at moments that `seed` decides, each kind as often as the others."""
    chance = random.Random(seed)
    names = [name for _, name in zip(range(number), _cycle(sorted(faults)), strict=False)]
    chance.shuffle(names)
    for name in names:
        time.sleep(chance.uniform(0.2, longest_gap))
        faults[name]()
    return Counter(names)


def _cycle(names: Sequence[str]) -> Any:
    while True:
        yield from names


def compare(ask: Ask, port: int, faults: Counter[str]) -> Books:
    """Holds the counts against the results, and both against the server's own account; nobody may run any more."""
    answered = answering.counts(port)
    stored = {url.split(str(port), 1)[1]: (total, good) for url, total, good in ask(STORED)}
    ((twice, lost, differs, counted),) = ask(WRONG_MINUTES)
    good_targets = {path: found for path, found in stored.items() if not path.startswith(answering.FAILING)}
    return Books(
        answered=sum(answered.values()),
        stored=sum(total for total, _ in stored.values()),
        counted=counted,
        missed=ask(MISSED)[0][0],
        faults=faults,
        over_answered=sum(max(0, total - answered.get(path, 0)) for path, (total, _) in stored.items()),
        counted_twice=twice,
        not_counted=lost,
        good_differs=differs,
        bad_of_good_targets=sum(total - good for total, good in good_targets.values()),
    )


def table(books: Books) -> str:
    """The faults and the books as text."""
    lines = [f"{name:24}{number:8}" for name, number in sorted(books.faults.items())]
    lines += ["-" * 32]
    lines += [f"{name.replace('_', ' '):24}{value:8}" for name, value in vars(books).items() if name != "faults"]
    return "\n".join(lines)


def run_with_moved_clock(location: str, seconds: float) -> None:
    """Runs once what a worker whose clock is wrong takes for due."""
    import django

    django.setup()
    from slo.services import probing

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=seconds)

    probing.run_due(clock=clock, location=location, at_once=9, claiming=timedelta(0))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    run_with_moved_clock(sys.argv[1], float(sys.argv[2]))
