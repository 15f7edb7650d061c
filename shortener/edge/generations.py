"""The replicas that an edge has on disk: which one is in use, and room for the next."""

import contextlib
import logging
import os
import shutil
from pathlib import Path

import lmdb

from shortener.domain.replica import FORMAT
from shortener.edge.store import BrokenReplicaError, Replica

MOST_ATTEMPTS = 2
"""Starts that may die while they read the replica; the next one gives it up."""

log = logging.getLogger(__name__)


class Generations:
    """The directory of an edge's replicas: which one is in use, and room for the next."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        self._current = directory / "current"

    def open_current(self) -> Replica | None:
        """The replica that was in use last, or `None` if there is none that is whole and of this format.

        It is read from end to end under a mark: a file that is broken in such a way that to read it kills the process
        does so MOST_ATTEMPTS times at most.
        """
        mark = self.directory / "checking"
        attempts = len(mark.read_bytes()) if mark.exists() else 0
        with contextlib.suppress(OSError):  # no room: then without a mark
            mark.write_bytes(b"x" * (attempts + 1))
        replica = self._open() if attempts < MOST_ATTEMPTS else None
        mark.unlink(missing_ok=True)
        return replica

    def _open(self) -> Replica | None:
        replica = None
        try:
            name = self._current.read_text(encoding="ascii").strip()
            if not name or not (self.directory / name / "data.mdb").exists():
                return None
            replica = Replica(self.directory / name)
            if _is_usable(replica):
                replica.scan()
                return replica
        except (OSError, ValueError, BrokenReplicaError) as error:
            log.warning("the replica cannot be used", extra={"trouble": str(error)})
        if replica is not None:
            replica.close()
        return None

    def new(self) -> Replica:
        """An empty generation."""
        taken = [int(path.suffix[1:]) for path in self.directory.glob("replica.*") if path.suffix[1:].isdecimal()]
        path = self.directory / f"replica.{max(taken, default=0) + 1}"
        path.mkdir()
        return Replica(path)

    def use(self, replica: Replica) -> None:
        """Name `replica` as the one in use, from the next start on too."""
        replica.set_meta(format=FORMAT, complete=True)
        temporary = self.directory / "current.new"
        temporary.write_text(replica.path.name, encoding="ascii")
        os.replace(temporary, self._current)

    def remove_others(self, keep: Path | None) -> None:
        """Delete every generation but `keep`."""
        for path in self.directory.glob("replica.*"):
            if path != keep:
                shutil.rmtree(path, ignore_errors=True)


def _is_usable(replica: Replica) -> bool:
    try:
        meta = replica.meta()
    except (lmdb.Error, ValueError):
        return False
    return meta.get("format") == FORMAT and bool(meta.get("complete"))
