"""The replica: all links of all domains in an LMDB file of this edge, with the cursor of the change log beside them.

One thread (the follower) writes, one (the loop) reads. A rebuild fills a new generation, a file of its own, while the
old one serves; the file `current` names the generation in use and is replaced atomically.
"""

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import lmdb

from shortener.domain.redirect import LinkFacts
from shortener.domain.replica import FORMAT, DomainFacts, domain_from_payload, from_payload, link_key, pack, unpack

MAP_BYTES = 64 * 2**30
"""Address space kept for a replica; the file is as large as its content."""

_LINK, _OWNER, _META = b"l", b"o", b"m"


class LinkRow(NamedTuple):
    """A row of `shortener_edge_link`."""

    link_id: int
    domain: str
    slug: str
    payload: dict[str, Any]


class BrokenReplicaError(Exception):
    """The file is no usable replica; the way out is a rebuild."""


class Replica:
    """One generation. `find` is for the loop's thread; what changes the file is for the follower's."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._env = lmdb.open(str(path), map_size=MAP_BYTES, subdir=True, sync=False, max_readers=32)
            self._check()
            self._reader = self._env.begin()
        except (lmdb.Error, OSError, ValueError, KeyError) as error:
            raise BrokenReplicaError(f"{path.name}: {error}") from error

    def _check(self) -> None:
        info, stat = self._env.info(), self._env.stat()
        if (self.path / "data.mdb").stat().st_size < (info["last_pgno"] + 1) * stat["psize"]:
            raise BrokenReplicaError(f"{self.path.name}: the file was cut short")
        self._env.reader_check()

    # Reading, on the loop.

    def find(self, key: bytes) -> LinkFacts | None:
        """The link of a key, as of the last `refresh`."""
        packed = self._reader.get(_LINK + key)
        return None if packed is None else unpack(packed)

    def refresh(self) -> None:
        """See what was committed since; also lets the file reuse the pages that were kept for this reader."""
        self._reader.abort()
        self._reader = self._env.begin()

    # Writing, on the follower's thread.

    def meta(self) -> dict[str, Any]:
        """Cursor, origin, format and domains as of the last commit; empty in a new file."""
        with self._env.begin() as reader:
            return dict(json.loads(reader.get(_META) or b"{}"))

    def domains(self) -> list[DomainFacts]:
        """The short domains."""
        return [DomainFacts(**row) for row in self.meta().get("domains", [])]

    def set_meta(self, **values: Any) -> None:
        """Change some of `meta`, durably."""
        self.apply([], [], **values)
        self._env.sync(True)

    def apply(self, changed: Iterable[int], rows: Iterable[LinkRow], **meta: Any) -> set[bytes]:
        """In one transaction: forget what the changed links had, store their rows, and set `meta` (the cursor).

        Returns the keys whose answer may have changed. Applying the same twice changes nothing.
        """
        touched: set[bytes] = set()
        with self._env.begin(write=True) as writer:
            for link_id in changed:
                touched |= _forget(writer, link_id)
            for row in rows:
                touched.add(_store(writer, row))
            known = json.loads(writer.get(_META) or b"{}")
            writer.put(_META, json.dumps({**known, **meta}).encode())
        return touched

    def size(self) -> tuple[int, int]:
        """Entries (a link counts twice) and bytes of the file."""
        return self._env.stat()["entries"], (self.path / "data.mdb").stat().st_size

    def close(self) -> None:
        """Close the file. The loop must not read from it any more."""
        self._reader.abort()
        self._env.close()


def _forget(writer: lmdb.Transaction, link_id: int) -> set[bytes]:
    owner = _OWNER + link_id.to_bytes(8, "big")
    key = writer.pop(owner)
    if key is None:
        return set()
    key = bytes(key)
    packed = writer.get(_LINK + key)
    if packed is not None and unpack(bytes(packed)).id == link_id:
        writer.delete(_LINK + key)
    return {key}


def _store(writer: lmdb.Transaction, row: LinkRow) -> bytes:
    key = link_key(row.domain, row.slug)
    writer.put(_LINK + key, pack(from_payload({"id": row.link_id, **row.payload})))
    writer.put(_OWNER + row.link_id.to_bytes(8, "big"), key)
    return key


def domain_rows(rows: Iterable[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Rows of `shortener_edge_domain` in the form in which `meta` keeps them."""
    return sorted((asdict(domain_from_payload(name, payload)) for name, payload in rows), key=lambda row: row["name"])


class Generations:
    """The directory of an edge's replicas: which one is in use, and room for the next."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir(parents=True, exist_ok=True)
        self._current = directory / "current"

    def open_current(self) -> Replica | None:
        """The replica that was in use last, or `None` if there is none that is whole and of this format."""
        try:
            name = self._current.read_text(encoding="ascii").strip()
            replica = Replica(self.directory / name) if name and (self.directory / name / "data.mdb").exists() else None
        except (OSError, ValueError, BrokenReplicaError):
            return None
        if replica is not None and not _is_usable(replica):
            replica.close()
            return None
        return replica

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
