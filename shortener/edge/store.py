"""The replica: all links of all domains in an LMDB file of this edge, with the cursor of the change log beside them.

One thread (the follower) writes, one (the loop) reads. A rebuild fills a new generation, a file of its own, while the
old one serves; the file `current` names the generation in use and is replaced atomically.
"""

import json
import struct
from collections import deque
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import lmdb

from shortener.domain.redirect import LinkFacts
from shortener.domain.replica import DomainFacts, domain_from_payload, from_payload, link_key, pack, unpack

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
            self._file = (path / "data.mdb").stat().st_ino
            self._check()
            self._reader = self._env.begin()
        except (lmdb.Error, OSError, ValueError, KeyError) as error:
            raise BrokenReplicaError(f"{path.name}: {error}") from error

    def _check(self) -> None:
        self._measure()
        if self.is_cut_short():
            raise BrokenReplicaError(f"{self.path.name}: the file was cut short")
        self._env.reader_check()

    def _measure(self) -> None:
        """Note how long the file has to be, and how much is in it: later it may be unreadable, or closed."""
        stat = self._env.stat()
        self._entries = stat["entries"]
        self._needed = (self._env.info()["last_pgno"] + 1) * stat["psize"]

    # Reading, on the loop.

    def find(self, key: bytes) -> LinkFacts | None:
        """The link of a key, as of the last `refresh`."""
        packed = self.packed(key)
        return None if packed is None else self.unpack(packed)

    def packed(self, key: bytes) -> bytes | None:
        """The link of a key as it is stored: equal bytes are equal facts."""
        found: bytes | None = self._reader.get(_LINK + key)
        return found

    def unpack(self, packed: bytes) -> LinkFacts:
        """The facts that `packed` found; raises lmdb.CorruptedError."""
        try:
            return unpack(packed)
        except (struct.error, ValueError, LookupError, TypeError) as error:
            raise lmdb.CorruptedError(f"an entry cannot be read: {error}") from error

    def refresh(self) -> None:
        """See what was committed since; also lets the file reuse the pages that were kept for this reader."""
        self._reader.abort()
        self._reader = self._env.begin()

    # On the follower's thread.

    def is_gone(self) -> bool:
        """Whether somebody deleted or replaced the file: what is mapped goes on serving, the next start would not."""
        try:
            return (self.path / "data.mdb").stat().st_ino != self._file
        except OSError:
            return True

    def is_cut_short(self) -> bool:
        """Whether the file is shorter than its content: to read what is missing would kill the process."""
        try:
            return (self.path / "data.mdb").stat().st_size < self._needed
        except OSError:
            return False  # it is gone, and what is mapped is whole

    def scan(self) -> None:
        """Touch every entry once; raises BrokenReplicaError where the file leads nowhere."""
        try:
            with self._env.begin(buffers=True) as reader:
                deque(reader.cursor(), maxlen=0)
        except lmdb.Error as error:
            raise BrokenReplicaError(f"{self.path.name}: {error}") from error

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
        self._measure()
        return touched

    def size(self) -> tuple[int, int]:
        """Entries (a link counts twice) and bytes of the file, as of the last commit."""
        return self._entries, self._needed

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
