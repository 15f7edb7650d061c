"""wrk as the load: requests of many kinds, as fast as they go or at about a given rate."""

import os
import re
import statistics
import subprocess
from dataclasses import dataclass
from pathlib import Path

from loadtest.servers import DOMAIN, LOAD_CORE, Server

SECONDS = float(os.environ.get("BENCH_SECONDS", "2"))
CONNECTIONS = 32
PACED_CONNECTIONS = 128

_BROWSER = (
    f"Host: {DOMAIN}\\r\\nUser-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    'Chrome/" .. (100 + n % 40) .. ".0.0.0 Safari/537.36\\r\\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\\r\\n'
    "Accept-Encoding: gzip, deflate\\r\\nAccept-Language: en-GB,en;q=0.9\\r\\n"
    'Referer: https://news.example/" .. n .. "\\r\\n'
    "Connection: keep-alive\\r\\nUpgrade-Insecure-Requests: 1\\r\\n\\r\\n"
)
"""The header block of browser number `n`, as the inside of a string of Lua."""

SCRIPTS = {
    "zipf": """
        local links, sum, asked, i = 10000, 0, {{}}, 0
        local steps = {{}}
        for rank = 1, links do sum = sum + 1 / rank; steps[rank] = sum end
        math.randomseed(1)
        local function drawn()
            local at, low, high = math.random() * sum, 1, links
            while low < high do
                local middle = math.floor((low + high) / 2)
                if steps[middle] < at then low = middle + 1 else high = middle end
            end
            return "/l" .. (low * 7919 % {population} + 1)
        end
        init = function()
            for n = 1, 65536 do
                asked[n] = "GET " .. drawn() .. " HTTP/1.1\\r\\nHost: {domain}\\r\\n\\r\\n"
            end
        end
        request = function() i = i % 65536 + 1; return asked[i] end
    """,
    "unknown": """
        local n = 0
        request = function()
            n = n + 1
            return "GET /u" .. n .. "x{salt} HTTP/1.1\\r\\nHost: {domain}\\r\\n\\r\\n"
        end
    """,
    "many_clients": """
        local asked, i = {{}}, 0
        init = function()
            for n = 1, 1000 do asked[n] = "GET /hot HTTP/1.1\\r\\n{browser}" end
        end
        request = function() i = i % 1000 + 1; return asked[i] end
    """,
    "strangers": """
        local n = {salt} * 1000000
        request = function() n = n + 1; return "GET /hot HTTP/1.1\\r\\n{browser}" end
    """,
    "paced": """
        local share = tonumber(os.getenv("BENCH_SHARE"))
        delay = function() if math.random() < share then return 1 end return 0 end
    """,
}


@dataclass(frozen=True)
class Sample:
    """One run of wrk."""

    rate: float
    per_cpu_second: float
    p50_ms: float
    p99_ms: float
    errors: int = 0


def write_scripts(directory: Path, *, population: int) -> None:
    """Put the scripts where `load` finds them, as `<name>.lua`."""
    for name, text in SCRIPTS.items():
        filled = text.format(domain=DOMAIN, population=population, salt=os.getpid(), browser=_BROWSER)
        (directory / f"{name}.lua").write_text(filled)


def load(
    server: Server,
    *arguments: str,
    path: str = "/hot",
    host: str = DOMAIN,
    connections: int = CONNECTIONS,
    threads: int = 1,
    **environment: str,
) -> Sample:
    """Run wrk for SECONDS against a server: on the load's core, or with more threads on every core."""
    pin = ["taskset", "-c", str(LOAD_CORE)] if threads == 1 else []
    size = [f"-t{threads}", f"-c{connections}", f"-d{SECONDS:g}s"]
    wrk = ["wrk", *size, "--latency", "-H", f"Host: {host}", *arguments]
    before = server.cpu_seconds()
    output = subprocess.run(
        [*pin, *wrk, f"http://127.0.0.1:{server.port}{path}"],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    ).stdout
    used = server.cpu_seconds() - before
    wrong = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", output)
    return Sample(
        rate=float(_found(r"Requests/sec:\s+([\d.]+)", output)),
        per_cpu_second=int(_found(r"(\d+) requests in", output)) / used if used else 0.0,
        p50_ms=_milliseconds(_found(r"(?m)^ +50% +(\S+)", output)),
        p99_ms=_milliseconds(_found(r"(?m)^ +99% +(\S+)", output)),
        errors=sum(map(int, wrong.groups())) if wrong else 0,
    )


def paced(server: Server, script: Path, rate: float) -> "Pace":
    """The pace at which this server is asked about `rate` times a second: found by trying, as wrk has no rate."""
    low, high = 0.0, 1.0
    for _ in range(5):
        share = (low + high) / 2
        pace = Pace(script, share)
        if pace.load(server).rate > rate:
            low = share
        else:
            high = share
    return pace


@dataclass(frozen=True)
class Pace:
    """Load in which so large a share of the requests waits a millisecond before it is sent."""

    script: Path
    share: float

    def load(self, server: Server) -> Sample:
        """One run at this pace."""
        return load(server, "-s", str(self.script), connections=PACED_CONNECTIONS, BENCH_SHARE=f"{self.share:.4f}")


def medians(samples: list[Sample]) -> dict[str, float]:
    """Medians of a list of runs."""
    names = ("rate", "per_cpu_second", "p50_ms", "p99_ms")
    return {name: round(statistics.median(getattr(one, name) for one in samples), 3) for name in names}


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"wrk said: {text}")
    return match[1]


def _milliseconds(text: str) -> float:
    unit = text.lstrip("0123456789.")
    return float(text.removesuffix(unit)) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]
