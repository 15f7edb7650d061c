"""The fault campaign: processes are killed at random points under load, and every answer is looked for in the counts.

Each request has a referring host of its own, so the log tells exactly which requests were counted. An answer that a
client read to its end must be counted once. A request whose answer was cut off by a kill may be counted or not: nobody
was told. `./run bench faults` kills 50 times and prints the table.
"""

import itertools
import random
import socket
import statistics
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.request import urlopen

from loadtest.stage import HOST, SLUG, Stage, until

CLIENTS = 4
PAUSE = 0.001
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
REQUEST = (
    f"GET /{SLUG} HTTP/1.1\r\nHost: {HOST}\r\nUser-Agent: {AGENT}\r\nAccept-Language: de\r\n"
    "Referer: https://r{number}.example/\r\n\r\n"
)

LOGGED = "SELECT referrer, count(*) FROM shortener_click GROUP BY referrer"
WAITING = "SELECT (SELECT count(*) FROM shortener_segment), (SELECT count(*) FROM shortener_click)"


@dataclass
class Kill:
    """One kill, and what clients were answered from it on until the next one."""

    target: str
    at: float
    down: float = 0.0
    answered: set[int] = field(default_factory=set)
    counted: int = 0
    lost: int = 0
    doubled: int = 0


class Load:
    """Clients that follow one link again and again, and remember each answer with the kill it came after."""

    def __init__(self, port: int) -> None:
        self.kills = [Kill("(before)", 0.0)]
        self.refused = 0
        self._port = port
        self._numbers = itertools.count()
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._follow, daemon=True) for _ in range(CLIENTS)]

    def start(self) -> None:
        """Lets the clients begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Waits for the last answers."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(10)

    def _follow(self) -> None:
        while not self._stopping.is_set():
            try:
                with socket.create_connection(("127.0.0.1", self._port), timeout=5) as client:
                    self._talk(client)
            except OSError:
                time.sleep(0.02)

    def _talk(self, client: socket.socket) -> None:
        while not self._stopping.is_set():
            number = next(self._numbers)
            client.sendall(REQUEST.format(number=number).encode())
            answer = b""
            while not answer.endswith(b"\r\n\r\n"):
                part = client.recv(4096)
                if not part:
                    return
                answer += part
            if not answer.startswith(b"HTTP/1.1 302 "):
                self.refused += 1
                return
            self.kills[-1].answered.add(number)
            time.sleep(PAUSE)


@dataclass
class Outcome:
    """What the campaign found; `unanswered` are requests that were counted though their answer never arrived."""

    kills: list[Kill]
    counted: int
    doubled: int
    unanswered: int
    totals: int
    drained: int
    seconds: float

    @property
    def answered(self) -> int:
        return sum(len(kill.answered) for kill in self.kills)

    @property
    def lost(self) -> int:
        return sum(kill.lost for kill in self.kills)


def campaign(
    stage: Stage, *, kills: int, seed: int, longest_gap: float = 2.0, say: Callable[[str], None] = lambda _line: None
) -> Outcome:
    """Kills so many times at moments and targets that `seed` decides, then waits for the counts and compares."""
    chance = random.Random(seed)
    load = Load(stage.port)
    started = time.monotonic()
    load.start()
    targets = list(itertools.islice(itertools.cycle(stage.names), kills))
    chance.shuffle(targets)
    for target in targets:
        time.sleep(chance.uniform(0.1, longest_gap))
        load.kills.append(Kill(target, time.monotonic() - started))
        stage.kill(target)
        time.sleep(chance.uniform(0.0, 0.5))
        stage.revive(target)
        load.kills[-1].down = time.monotonic() - started - load.kills[-1].at
        say(f"{len(load.kills) - 1:3} {target:9} {len(load.kills[-1].answered):7} answered since")
    time.sleep(1.0)
    load.stop()
    return _compare(stage, load.kills, time.monotonic() - started)


def _compare(stage: Stage, kills: list[Kill], seconds: float) -> Outcome:
    answered = sum(len(kill.answered) for kill in kills)
    until(lambda: _is_settled(stage, answered), "everything shipped and drained", 120)
    found = Counter({int(host[1:-8]): number for host, number in stage.ask(LOGGED)})
    for kill in kills:
        kill.counted = sum(number in found for number in kill.answered)
        kill.lost = len(kill.answered) - kill.counted
        kill.doubled = sum(found[number] > 1 for number in kill.answered)
    everybody = set().union(*(kill.answered for kill in kills))
    return Outcome(
        kills,
        counted=found.total(),
        doubled=sum(number - 1 for number in found.values()),
        unanswered=len(set(found) - everybody),
        totals=stage.ask("SELECT coalesce(sum(people + bots), 0)::bigint FROM shortener_linktotal")[0][0],
        drained=stage.ask("SELECT coalesce(sum(clicks), 0)::bigint FROM shortener_drainday")[0][0],
        seconds=seconds,
    )


def _is_settled(stage: Stage, answered: int) -> bool:
    """Whether nothing waits any more; should something be lost, the edge has had its time to ship it."""
    waiting, logged = stage.ask(WAITING)[0]
    if waiting == 0 and logged >= answered:
        return True
    time.sleep(0.5)
    return stage.ask(WAITING)[0] == (0, logged) and _has_shipped(stage)


def _has_shipped(stage: Stage) -> bool:
    with urlopen(f"http://127.0.0.1:{stage.admin_port}/metrics", timeout=2) as answer:
        lines = answer.read().decode().splitlines()
    return any(line.startswith("edge_segments_waiting") and line.endswith((" 0", " 0.0")) for line in lines)


def table(outcome: Outcome) -> str:
    """The kills by target, and the sums, as text."""
    lines = [f"{'killed':10}{'times':>6}{'down s':>8}{'answered':>10}{'counted':>9}{'lost':>6}{'doubled':>9}"]
    for target in dict.fromkeys(kill.target for kill in outcome.kills):
        own = [kill for kill in outcome.kills if kill.target == target]
        sums = [
            sum(len(kill.answered) for kill in own),
            sum(kill.counted for kill in own),
            sum(kill.lost for kill in own),
            sum(kill.doubled for kill in own),
        ]
        times = len(own) if target != "(before)" else 0
        down = statistics.median(kill.down for kill in own)
        lines.append(f"{target:10}{times:6}{down:8.2f}{sums[0]:10}{sums[1]:9}{sums[2]:6}{sums[3]:9}")
    lines.append(
        f"{'all':10}{len(outcome.kills) - 1:6}{'':8}{outcome.answered:10}{outcome.counted - outcome.unanswered:9}"
        f"{outcome.lost:6}{outcome.doubled:9}"
    )
    lines.append(
        f"counted though the answer was cut off: {outcome.unanswered}; in the log {outcome.counted}, in the totals "
        f"{outcome.totals}, in the account {outcome.drained}; {outcome.seconds:.0f} s under load"
    )
    return "\n".join(lines)
