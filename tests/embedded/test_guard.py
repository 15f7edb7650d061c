"""The guard: what it hears, and what it does with process groups."""

import os
import signal
import sys
import time
from pathlib import Path

from portal.embedded import children, guard
from portal.embedded.guard import Guard

SLEEP = (sys.executable, "-S", "-c", "import time; time.sleep(600)")


def test_groups_end_within_the_grace() -> None:
    child = children.start(SLEEP)
    guard.stop_groups({child.pid: signal.SIGTERM}, grace=0.1)
    assert child.wait(10) in {-signal.SIGTERM, -signal.SIGKILL}


def test_a_group_that_is_gone_is_no_error() -> None:
    child = children.start((sys.executable, "-S", "-c", ""))
    child.wait(10)
    started = time.monotonic()
    guard.stop_groups({child.pid: signal.SIGTERM}, grace=5)
    assert time.monotonic() - started < 4


def test_it_is_told_in_lines(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    told = Guard(os.open(path, os.O_WRONLY | os.O_CREAT))
    told.watch(7, signal.SIGINT, last=True)
    told.forget(7)
    told.dismiss()
    assert path.read_text().splitlines() == ["watch 7 2 1", "forget 7 0 0", "dismiss 0 0 0"]
