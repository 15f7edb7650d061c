from struct import unpack

from shortener.domain.logrows import COLUMNS, beginning, end_of_row, field
from shortener.domain.visits import Visit


def test_a_field_has_its_length_before_it() -> None:
    assert field(b"ab") == b"\x00\x00\x00\x02ab"
    assert field(b"") == bytes(4)


def test_a_row_says_how_many_columns_it_has() -> None:
    row = beginning(Visit(False, referrer="ü"), rule="3", status=302) + end_of_row(1, 8, 7)
    assert unpack(">h", row[:2]) == (len(COLUMNS.split(", ")),)
    assert row.endswith(b"\x00\x00\x00\x08" + (1).to_bytes(8) + b"\x00\x00\x00\x08" + (7).to_bytes(8))
    assert field("ü".encode()) + field(b"3") + field((302).to_bytes(2)) in row
