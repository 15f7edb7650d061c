"""The supervisor with real child processes that are tiny: crash, restart, stop, and its own sudden death."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from portal.embedded import ports
from portal.embedded import supervisor as supervising
from portal.embedded.guard import Guard
from portal.embedded.processes import Process
from portal.embedded.supervisor import Supervisor
from tests.embedded import fakes
from tests.embedded.conftest import ROOT


def until(holds: Callable[[], object], seconds: float = 20) -> None:
    """Wait for real processes, in real time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def tick_until(made: Supervisor, holds: Callable[[], object]) -> None:
    """Let the supervisor do its work until `holds`."""

    def tick_and_look() -> object:
        made.tick()
        return holds()

    until(tick_and_look)


def make(tmp_path: Path, *processes: Process) -> tuple[Supervisor, list[str]]:
    """A supervisor in this process, and what it says."""
    said: list[str] = []
    no_guard = Guard(os.open(os.devnull, os.O_WRONLY))
    made = Supervisor(processes, {}, tmp_path, tmp_path / "logs", no_guard, said.append, first_pause=0.01)
    made.start_all()
    return made, said


@pytest.fixture
def running(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A supervisor as a process of its own."""
    argv = [sys.executable, "-m", "tests.embedded.fakes", str(tmp_path)]
    child = subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    yield child
    child.kill()
    child.wait()


def family(running: subprocess.Popen[str]) -> list[psutil.Process]:
    """All processes below a started fake supervisor, once the stubborn one has its child."""
    assert running.stdout is not None
    pids = json.loads(running.stdout.readline())
    stubborn = psutil.Process(pids["stubborn"])
    until(stubborn.children)
    return [psutil.Process(pids["meek"]), stubborn, *stubborn.children()]


def gone(processes: list[psutil.Process]) -> bool:
    return not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in processes)


def test_a_crashed_process_starts_again_later_each_time(tmp_path: Path) -> None:
    made, said = make(tmp_path, fakes.program("crash", "raise SystemExit(3)"))
    tick_until(made, lambda: len(said) >= 2)
    made.stop()
    assert said[0].startswith("crash ended with code 3, starting it again in 0.01 s")
    assert said[1].startswith("crash ended with code 3, starting it again in 0.02 s")


def test_a_killed_process_is_named_with_its_signal_and_its_last_words(tmp_path: Path) -> None:
    made, said = make(tmp_path, fakes.program("edge", f"print('last words', flush=True); {fakes.SLEEP}"))
    until(lambda: "last words" in (tmp_path / "logs" / "edge.log").read_text())
    os.kill(made.pids["edge"], signal.SIGKILL)
    tick_until(made, lambda: said)
    made.stop()
    assert said[0] == "edge was killed by SIGKILL, starting it again in 0.01 s: last words"


def test_a_long_life_forgives_earlier_crashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervising, "STABLE_SECONDS", 0.0)
    made, said = make(tmp_path, fakes.program("crash", "raise SystemExit(3)"))
    tick_until(made, lambda: len(said) >= 2)
    made.stop()
    assert "in 0.01 s" in said[1]


def test_a_process_without_an_answer_is_named_when_time_is_up(tmp_path: Path) -> None:
    deaf = Process("web", (sys.executable, "-S", "-c", fakes.SLEEP), ready_url="http://127.0.0.1:9/readyz")
    made, said = make(tmp_path, deaf)
    assert not made.wait_ready(seconds=0.1)
    made.stop()
    assert said[0].startswith("web is not ready after 0 s: ")


def test_a_process_is_ready_once_its_page_says_so(tmp_path: Path) -> None:
    page = "import http.server as h; h.HTTPServer(('127.0.0.1', {port}), h.SimpleHTTPRequestHandler).serve_forever()"
    port = ports.free_ports(1)[0]
    web = Process("web", (sys.executable, "-c", page.format(port=port)), ready_url=f"http://127.0.0.1:{port}/")
    made, _ = make(tmp_path, web)
    assert made.wait_ready(seconds=20)
    made.stop()
    assert made.pids == {}


def test_numbers_of_an_earlier_life_are_wiped(tmp_path: Path) -> None:
    old = tmp_path / "metrics" / "counter_1.db"
    old.parent.mkdir()
    old.write_text("old")
    made, _ = make(tmp_path, Process("worker", (sys.executable, "-S", "-c", fakes.SLEEP), metrics_dir=old.parent))
    made.stop()
    assert list(old.parent.iterdir()) == []


def test_sigterm_leaves_nothing_behind(running: subprocess.Popen[str]) -> None:
    processes = family(running)
    running.terminate()
    assert running.wait(20) == 0
    until(lambda: gone(processes))


def test_kill_9_leaves_no_orphan(running: subprocess.Popen[str]) -> None:
    processes = family(running)
    running.kill()
    until(lambda: gone(processes))


def test_a_second_supervisor_on_the_same_directory_is_refused(running: subprocess.Popen[str], tmp_path: Path) -> None:
    family(running)
    argv = [sys.executable, "-m", "tests.embedded.fakes", str(tmp_path)]
    second = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=False)
    assert f"in use by process {running.pid} at http://localhost:1" in second.stderr


def test_a_new_supervisor_waits_for_what_a_killed_one_left(running: subprocess.Popen[str], tmp_path: Path) -> None:
    processes = family(running)
    running.kill()
    argv = [sys.executable, "-m", "tests.embedded.fakes", str(tmp_path)]
    with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as second:
        newer = family(second)
        assert gone(processes)
        second.terminate()
    until(lambda: gone(newer))
