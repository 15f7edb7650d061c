"""Small true images, and what is none."""

import struct
import zlib


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 2, height: int = 2) -> bytes:
    """A red PNG."""
    rows = b"".join(b"\0" + b"\xff\0\0" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(width: int = 3, height: int = 4) -> bytes:
    """The frame of a JPEG, without its picture."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    app = b"\xff\xe0" + struct.pack(">H", 4) + b"JF"
    return b"\xff\xd8" + app + b"\xff\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"


NO_PICTURES = (
    b"",
    b"GIF89a",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    png()[:-1],
    png() + b"<script>",
    png().replace(b"IHDR", b"IHDX"),
    png(0, 1),
    png()[:20],
    b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""),
    b"\xff\xd8\xff\xd9",
    b"\xff\xd8\xff\xe0\x00\x01\xff\xd9",
    b"\xff\xd8\xff\xe0\xff\xff\xff\xd9",
    jpeg(0, 4),
    b"\xff\xd8\x00\x00\x00\x00\xff\xd9",
)
