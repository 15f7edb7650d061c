"""From the bytes of an upload to text: BOMs, UTF-16, UTF-8, and Windows-1252 for what is neither."""

import codecs

from shortener.domain.importing.records import Unreadable

ARCHIVES = {
    b"PK\x03\x04": "a ZIP archive or a spreadsheet workbook",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet workbook",
    b"SQLite format 3": "an SQLite database",
}
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LOOKED_AT = 2_000


def decode(body: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding; raises Unreadable for archives and for nothing.

    Nothing is ever unpacked. Bytes that are no UTF-8 are read as Windows-1252, and as Latin-1 where even that fails.
    """
    for magic, what in ARCHIVES.items():
        if body.startswith(magic):
            raise Unreadable(f"This is {what}. Unpack it, or save it as CSV (UTF-8), and upload that.")
    for encoding in _candidates(body):
        try:
            text = body.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not text.strip():
            raise Unreadable("The file is empty.")
        return text, encoding.removesuffix("-sig")
    raise Unreadable("The file is damaged: its first bytes promise UTF-16, and the rest is none.")


def _candidates(body: bytes) -> list[str]:
    """What to try, in order; a BOM leaves no choice."""
    for bom, encoding in BOMS:
        if body.startswith(bom):
            return [encoding] if encoding == "utf-16" else [encoding, "cp1252", "latin-1"]
    start = body[:LOOKED_AT]
    if start[1::2].count(0) > len(start) // 4:
        return ["utf-16-le", "utf-8", "latin-1"]
    if start[::2].count(0) > len(start) // 4:
        return ["utf-16-be", "utf-8", "latin-1"]
    return ["utf-8", "cp1252", "latin-1"]
