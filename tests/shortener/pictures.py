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


def pixels(data: bytes) -> list[list[tuple[int, ...]]]:
    """The rows of an 8-bit RGB or RGBA PNG, each pixel a tuple, by the filters of the standard."""
    width, height, _, colour = struct.unpack_from(">IIBB", data, 16)
    depth = {2: 3, 6: 4}[colour]
    raw = zlib.decompress(b"".join(_bodies(data, b"IDAT")))
    line = width * depth + 1
    above = bytearray(width * depth)
    rows = []
    for top in range(0, height * line, line):
        above = _unfiltered(raw[top], raw[top + 1 : top + line], above, depth)
        rows.append([tuple(above[at : at + depth]) for at in range(0, len(above), depth)])
    return rows


def _bodies(data: bytes, wanted: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        found += [data[at + 8 : at + 8 + length]] if data[at + 4 : at + 8] == wanted else []
        at += 12 + length
    return found


def _unfiltered(kind: int, line: bytes, above: bytearray, depth: int) -> bytearray:
    done = bytearray()
    for at, byte in enumerate(line):
        left = done[at - depth] if at >= depth else 0
        up, corner = above[at], above[at - depth] if at >= depth else 0
        guess = (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]
        done.append((byte + guess) & 255)
    return done


def _paeth(left: int, up: int, corner: int) -> int:
    first = left + up - corner
    return min((abs(first - left), 0, left), (abs(first - up), 1, up), (abs(first - corner), 2, corner))[2]
