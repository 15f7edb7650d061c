"""A segment file: click records in mapped memory, with the marks of how far they are shipped."""

import mmap
import os
import struct
from pathlib import Path

from shortener.domain.segments import HEADER_BYTES, valid_end

_MAGIC = b"CLICKS01"
_HEAD = struct.Struct("<8sQII")
_MARKS = struct.Struct("<II")
_MARKS_AT = 16
_PAGE = 4096


class BrokenSegmentError(Exception):
    """The file is no segment."""


class Segment:
    """A segment file, mapped. Records stand from HEADER_BYTES to `position`.

    The header holds two marks of the shipper: records before `shipped` are committed in PostgreSQL, and the run
    [shipped, planned) was being sent, so after a kill it is sent again as the very same run.
    """

    def __init__(self, path: Path, number: int, *, size: int = 0) -> None:
        """Make a segment of so many bytes, or open the one that is there."""
        self.path = path
        self.number = number
        flags = os.O_RDWR | (os.O_CREAT | os.O_EXCL if size else 0)
        descriptor = os.open(path, flags, 0o600)
        try:
            if size:
                os.posix_fallocate(descriptor, 0, size)
            self.size = os.fstat(descriptor).st_size
            if self.size < HEADER_BYTES:
                raise BrokenSegmentError(f"{path.name} is only {self.size} bytes long")
            self.map = mmap.mmap(descriptor, self.size)
        finally:
            os.close(descriptor)
        self.position = HEADER_BYTES
        if size:
            self._touch()
            _HEAD.pack_into(self.map, 0, _MAGIC, number, HEADER_BYTES, HEADER_BYTES)
        magic, _, self.shipped, self.planned = _HEAD.unpack_from(self.map)
        if magic != _MAGIC:
            raise BrokenSegmentError(f"{path.name} does not begin as a segment does")

    def _touch(self) -> None:
        for offset in range(0, self.size, _PAGE):
            self.map[offset] = 0

    def recover(self) -> None:
        """Find the end of the records that a killed edge wrote; a torn last one is left out."""
        self.position = valid_end(self.map[:], self.shipped)

    def plan(self, end: int) -> bytes:
        """The bytes of the run [shipped, end), noted in the file before it is sent."""
        self.planned = end
        _MARKS.pack_into(self.map, _MARKS_AT, self.shipped, end)
        return self.map[self.shipped : end]

    def ship(self) -> None:
        """Note that the planned run is committed."""
        self.shipped = self.planned
        _MARKS.pack_into(self.map, _MARKS_AT, self.shipped, self.planned)

    def renew(self, path: Path, number: int) -> None:
        """Become an empty segment of another number; its records, all shipped, are gone before it has the name."""
        self.map[HEADER_BYTES : self.position] = bytes(self.position - HEADER_BYTES)
        _HEAD.pack_into(self.map, 0, _MAGIC, number, HEADER_BYTES, HEADER_BYTES)
        self.path.rename(path)
        self.path, self.number = path, number
        self.position = self.shipped = self.planned = HEADER_BYTES

    def remove(self) -> None:
        """Delete the file."""
        self.map.close()
        self.path.unlink(missing_ok=True)
