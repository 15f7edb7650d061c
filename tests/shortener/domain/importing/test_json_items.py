import json
from typing import Any

import pytest

from shortener.domain.importing import json_items
from shortener.domain.importing.records import Unreadable


def cells(text: str) -> list[dict[str, Any]]:
    return [dict(record.cells) for record in json_items.read(text).records()]


@pytest.mark.parametrize(
    "document",
    [[{"a": 1}], {"data": [{"a": 1}]}, {"links": [{"a": 1}], "total": 1}, {"shortUrls": {"data": [{"a": 1}]}}],
)
def test_the_list_is_found_wherever_apis_put_it(document: Any) -> None:
    assert cells(json.dumps(document)) == [{"a": 1}]


def test_pages_one_after_the_other_are_one_list() -> None:
    assert cells('{"data": [{"a": 1}]}\n{"data": [{"a": 2}]}') == [{"a": 1}, {"a": 2}]


def test_an_object_in_an_item_becomes_columns_with_a_dot() -> None:
    table = json_items.read('[{"a": 1, "meta": {"max": 2}}, {"b": null}]')
    assert table.columns == ("a", "meta.max", "b")


def test_a_line_that_is_no_json_is_a_row_at_fault() -> None:
    records = list(json_items.read('{"a": 1}\n{oops\n{"a": 2}\n').records())
    assert [bool(record.problem) for record in records] == [False, True, False]
    assert records[1].line == 2


@pytest.mark.parametrize("text", ["[1", '{"a": }', "[" * 100_000, f"[{'9' * 5_000}]", '{"data": []}'])
def test_broken_and_hostile_json_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Unreadable, match="JSON"):
        json_items.read(text)


def test_an_item_that_is_no_object_has_one_column() -> None:
    assert cells('["https://example.org/"]') == [{"value": "https://example.org/"}]


@pytest.mark.parametrize("text", ['[{"a": NaN}]', '{"a": NaN}\n{"a": -Infinity}'])
def test_numbers_that_are_none_count_as_nothing(text: str) -> None:
    assert {cell["a"] for cell in cells(text)} == {None}
