"""Click records on their way to disk: each is in a memory-mapped segment before its answer is written to the socket.

What the kernel has of a shared mapping outlives the process, so a killed edge loses no click that it answered. Segments
are made ahead by a thread of their own (allocated, mapped, touched): a page fault in a fresh file would stall the loop.
What was shipped is emptied and used again: a file is made only as long as the backlog grows.
"""

import logging
import os
import threading
import time
from collections import deque
from pathlib import Path
from zlib import crc32

from shortener.domain.segments import HEADER_BYTES, PREFIX
from shortener.edge.segment import BrokenSegmentError, Segment

SEGMENT_BYTES = 1024 * 1024
READY_AHEAD = 3
MAX_SEGMENTS = 4096
"""Segments that may wait on this disk; beyond, records are shed as if the disk were full."""

PREFIX_BYTES = PREFIX.size
_PACK_PREFIX = PREFIX.pack
_RETRY_SECONDS = 0.5

log = logging.getLogger(__name__)


class Recorder:
    """The segments of one edge. `append` is called on the loop, the rest by the two threads that serve it."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.full: deque[Segment] = deque()
        self.active: Segment | None = None
        self.shed = 0
        self.recorded = 0
        self.trouble = ""
        self.sealed = threading.Event()
        self._ready: deque[Segment] = deque()
        self._spare: deque[Segment] = deque()
        self._wanted = threading.Event()
        self._stopping = False
        self._last_number = 0
        directory.mkdir(parents=True, exist_ok=True)
        self._find_leftovers()
        self._thread = threading.Thread(target=self._prepare, name="segments", daemon=True)

    def start(self) -> None:
        """Make the first segments, then go on ahead of the loop."""
        self._fill()
        self._thread.start()

    # On the loop.

    def append(self, body: bytes) -> bool:
        """Write one record with this body; False if it was shed because there is no room on the disk."""
        size = len(body)
        segment = self.active
        start = segment.position if segment is not None else 0
        end = start + PREFIX_BYTES + size
        if segment is None or end > segment.size:
            segment = self._rotate()
            if segment is None:
                self.shed += 1
                return False
            start, end = HEADER_BYTES, HEADER_BYTES + PREFIX_BYTES + size
        segment.map[start:end] = _PACK_PREFIX(size, crc32(body)) + body
        segment.position = end
        self.recorded += 1
        return True

    def _rotate(self) -> Segment | None:
        if self.active is not None:
            self.full.append(self.active)
        self.active = self._ready.popleft() if self._ready else None
        self._wanted.set()
        self.sealed.set()
        return self.active

    # On other threads.

    def waiting(self) -> list[Segment]:
        """Segments that hold records, oldest first; the last may still be written to."""
        active = self.active
        return [*self.full, *([active] if active is not None and active not in self.full else [])]

    def done(self, segment: Segment) -> None:
        """A full segment whose every record is shipped: its file is used again, or deleted if there are enough."""
        self.full.remove(segment)
        if len(self._spare) < READY_AHEAD and segment.size == SEGMENT_BYTES:
            self._spare.append(segment)
        else:
            segment.remove()

    def backlog(self) -> tuple[int, int]:
        """Files with records not yet shipped, and their bytes."""
        rests = [segment.position - segment.shipped for segment in self.waiting()]
        return sum(rest > 0 for rest in rests), sum(rests)

    def seal(self) -> None:
        """No more records: the active segment is full. The loop must have stopped appending."""
        if self.active is not None:
            self.full.append(self.active)
            self.active = None

    def stop(self) -> None:
        """End the thread and delete the segments that were made ahead."""
        self._stopping = True
        self._wanted.set()
        self._thread.join(2)
        for segment in (*self._ready, *self._spare):
            segment.remove()

    def _prepare(self) -> None:
        while not self._stopping:
            self._wanted.wait(_RETRY_SECONDS)
            self._wanted.clear()
            self._fill()

    def _fill(self) -> None:
        try:
            while len(self._ready) < READY_AHEAD and not self._stopping:
                if len(self.full) >= MAX_SEGMENTS:
                    self._say(f"{MAX_SEGMENTS} segments wait to be shipped: no more are made")
                    return
                self._ready.append(self._create())
            self._say("")
        except OSError as error:
            self._say(f"no room for click records: {error.strerror}")

    def _say(self, trouble: str) -> None:
        if trouble != self.trouble:
            self.trouble = trouble
            log.warning("recording", extra={"trouble": trouble or "none any more"})

    def _create(self) -> Segment:
        number = max(self._last_number + 1, time.time_ns() // 1000)
        path = self.directory / f"{number:020d}.segment"
        if self._spare:
            self._note(number)
            self._spare[0].renew(path, number)
            return self._spare.popleft()
        temporary = path.with_suffix(".new")
        try:
            segment = Segment(temporary, number, size=SEGMENT_BYTES)
            self._note(number)
            temporary.rename(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        segment.path = path
        return segment

    def _note(self, number: int) -> None:
        """Remember the number for the next process, before a file has it."""
        descriptor = os.open(self.directory / "last", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(descriptor, b"%020d" % number, 0)  # in place: a full disk cannot take the former one away
        finally:
            os.close(descriptor)
        self._last_number = number

    def _find_leftovers(self) -> None:
        for path in self.directory.glob("*.new"):
            path.unlink(missing_ok=True)
        last = self.directory / "last"
        text = last.read_text(encoding="ascii") if last.exists() else ""
        self._last_number = int(text) if text.isdecimal() else 0
        for path in sorted(self.directory.glob("*.segment")):
            self._adopt(path)

    def _adopt(self, path: Path) -> None:
        number = int(path.stem)
        self._last_number = max(self._last_number, number)
        try:
            segment = Segment(path, number)
        except (BrokenSegmentError, OSError, ValueError) as error:
            path.rename(path.with_suffix(".broken"))
            log.warning("segment set aside", extra={"file": path.name, "trouble": str(error)})
            return
        segment.recover()
        if segment.position <= segment.shipped:
            segment.remove()
        else:
            self.full.append(segment)
