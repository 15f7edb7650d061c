"""A supervisor over tiny programs, as a process that tests can kill: `python -m tests.embedded.fakes DIR`."""

import json
import sys
from pathlib import Path

from portal.embedded import guard
from portal.embedded.holder import Holder
from portal.embedded.processes import Process
from portal.embedded.supervisor import Supervisor, stop_on_signals

SLEEP = "import time; time.sleep(600)"
STUBBORN = (
    "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    f"subprocess.Popen([sys.executable, '-S', '-c', {SLEEP!r}]); time.sleep(600)"
)


def program(name: str, code: str) -> Process:
    """A process that runs `code` in a Python that starts quickly."""
    return Process(name=name, argv=(sys.executable, "-S", "-c", code))


def say(line: str) -> None:
    """Tell the test."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(directory: Path) -> None:
    """Supervise a well-behaved program and a stubborn one with a child of its own."""
    hold = Holder(directory)
    hold.take(url="http://localhost:1")
    keeper = guard.start(grace=0.3)
    supervisor = Supervisor(
        processes=[program("meek", SLEEP), program("stubborn", STUBBORN)],
        environment={},
        cwd=directory,
        log_dir=directory / "logs",
        guard=keeper,
        say=say,
        on_change=lambda pids: hold.tell(processes=pids),
    )
    stop_on_signals(supervisor)
    supervisor.start_all()
    say(json.dumps(supervisor.pids))
    supervisor.run()
    supervisor.stop(seconds=0.3)
    keeper.dismiss()
    hold.release()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
