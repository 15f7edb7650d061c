"""Who holds a data directory: one supervisor at a time, with its process id and address for whoever comes second."""

import fcntl
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import psutil

from portal.embedded.exceptions import SurroundingsError

WAIT_SECONDS = 30.0


@dataclass
class Holder:
    """The lock on a data directory and the public facts about its holder."""

    data_dir: Path
    lock: IO[str] | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def facts_path(self) -> Path:
        """Where the facts stand: process ids and addresses, no secrets."""
        return self.data_dir / "running.json"

    def take(self, **facts: Any) -> None:
        """Lock the data directory, or say who holds it; what a killed holder's guard still clears up is waited for."""
        lock = (self.data_dir / "lock").open("a")
        deadline = time.monotonic() + WAIT_SECONDS
        while not _try(lock):
            other = read(self.data_dir)
            if alive(other) or time.monotonic() > deadline:
                raise SurroundingsError(
                    f"The data directory {self.data_dir} is in use by process {other.get('pid', '?')}"
                    f"{' at ' + str(other['url']) if other.get('url') else ''}: stop it, or set PORTAL_DATA_DIR."
                )
            time.sleep(0.1)
        self.lock = lock
        self.tell(pid=os.getpid(), **facts)

    def tell(self, **facts: Any) -> None:
        """Write facts for others to read."""
        self.facts |= facts
        draft = self.facts_path.with_suffix(".draft")
        draft.write_text(json.dumps(self.facts))
        draft.rename(self.facts_path)

    def release(self) -> None:
        """Let go of the data directory."""
        self.facts_path.unlink(missing_ok=True)
        if self.lock is not None:
            self.lock.close()


def read(data_dir: Path) -> dict[str, Any]:
    """The facts about the holder of `data_dir`, if there is one."""
    try:
        facts = json.loads((data_dir / "running.json").read_text())
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def alive(facts: dict[str, Any]) -> bool:
    """Whether the process that wrote these facts is there and not merely unburied."""
    try:
        return bool(psutil.Process(int(facts["pid"])).status() != psutil.STATUS_ZOMBIE)
    except (KeyError, ValueError, psutil.Error):
        return False


def _try(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
