import codecs

import pytest

from shortener.domain.importing import decoding
from shortener.domain.importing.records import Unreadable

TEXT = "target,title\nhttps://example.org/,Grüße\n"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("latin-1"), "cp1252"),
    ],
)
def test_every_usual_encoding_gives_the_same_text(body: bytes, encoding: str) -> None:
    assert decoding.decode(body) == (TEXT, encoding)


def test_bytes_that_are_nothing_else_are_latin_1() -> None:
    assert decoding.decode(b"a,\x81\xff")[1] == "latin-1"


@pytest.mark.parametrize("start", list(decoding.ARCHIVES))
def test_archives_and_workbooks_are_refused_unopened(start: bytes) -> None:
    with pytest.raises(Unreadable, match="save it as CSV"):
        decoding.decode(start + b"rest")


@pytest.mark.parametrize("body", [b"", b" \n\t", codecs.BOM_UTF8])
def test_nothing_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable, match="empty"):
        decoding.decode(body)


def test_half_a_utf_16_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="damaged"):
        decoding.decode(codecs.BOM_UTF16_LE + b"\x00\xd8a")
