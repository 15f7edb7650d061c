"""What a PNG or JPEG file is, told from its bytes alone: its type and its size in pixels."""

import struct
import zlib
from typing import NamedTuple

_PNG = b"\x89PNG\r\n\x1a\n"
_END = b"IEND"
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD9)})


class Image(NamedTuple):
    """`media_type` is image/png or image/jpeg; the size is in pixels."""

    media_type: str
    width: int
    height: int


def read(data: bytes) -> Image | None:
    """The image that `data` is from its first byte to its last; None when it is none, or is cut or changed."""
    if data.startswith(_PNG):
        return _png(data)
    if data.startswith(b"\xff\xd8") and data.endswith(b"\xff\xd9"):
        return _jpeg(data)
    return None


def _png(data: bytes) -> Image | None:
    size = (0, 0)
    at = len(_PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        checksum = data[at + 8 + length : at + 12 + length]
        if len(checksum) < 4 or zlib.crc32(kind + body) != int.from_bytes(checksum, "big"):
            return None
        if at == len(_PNG):
            if kind != b"IHDR" or length != 13:
                return None
            size = struct.unpack_from(">II", body)
        at += 12 + length
        if kind == _END:
            return Image("image/png", *size) if at == len(data) and all(size) else None
    return None


def _jpeg(data: bytes) -> Image | None:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker in _JPEG_BARE or marker == 0xFF:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if length < 2:
            return None
        if marker in _JPEG_FRAMES and at + 9 <= len(data):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return Image("image/jpeg", width, height) if width and height else None
        at += 2 + length
    return None
