from collections.abc import Sequence

import pytest

from shortener.domain.importing import tables
from shortener.domain.importing.records import Unreadable


def cells(text: str) -> list[Sequence[str]]:
    return [tuple(record.cells.values()) for record in tables.read(text).records()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_looking(delimiter: str) -> None:
    text = f"a{delimiter}b{delimiter}c\n1{delimiter}2{delimiter}3\n"
    assert tables.read(text).columns == ("a", "b", "c")


def test_a_delimiter_inside_of_quotes_is_none() -> None:
    assert tables.sniff('url;note\n"https://a,b";"x,y"\n"https://c,d";"z,w"\n') == ";"


def test_a_quoted_line_end_belongs_to_its_cell_and_lines_are_counted_right() -> None:
    records = list(tables.read('a,b\n1,"x\ny"\n2,z\n').records())
    assert [(record.line, record.cells["b"]) for record in records] == [(2, "x\ny"), (4, "z")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_understood(end: str) -> None:
    assert cells(end.join(["a,b", "1,2", "3,4"])) == [("1", "2"), ("3", "4")]


def test_a_file_without_a_header_has_numbered_columns() -> None:
    table = tables.read("https://example.org/,abc\nhttps://example.org/b,def\n")
    assert table.columns == ("Column 1", "Column 2")
    assert len(list(table.records())) == 2


def test_columns_of_one_name_and_without_a_name_are_told_apart() -> None:
    assert tables.read("a,a,\n1,2,3\n").columns == ("a", "a (2)", "Column 3")


def test_empty_lines_are_no_rows() -> None:
    assert cells("\n\na,b\n\n1,2\n,\n") == [("1", "2")]


def test_a_row_with_too_many_cells_is_a_row_at_fault() -> None:
    (record,) = tables.read("a,b\n1,2,3\n").records()
    assert "3 cells, the header 2" in record.problem


def test_a_short_row_lacks_its_last_cells() -> None:
    assert cells("a,b\n1\n") == [("1",)]


def test_an_endless_cell_is_a_row_at_fault_and_the_rest_goes_on() -> None:
    long = "x" * 200_000
    records = list(tables.read(f'a,b\n"{long}",1\n2,3\n').records())
    assert [bool(record.problem) for record in records] == [True, False]


def test_a_million_columns_are_refused() -> None:
    with pytest.raises(Unreadable, match="columns"):
        tables.read("a," * 1_000_000 + "\n")


def test_reading_twice_reads_the_same() -> None:
    table = tables.read("a\n1\n2\n")
    assert list(table.records()) == list(table.records())
