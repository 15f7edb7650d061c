import pytest

from shortener.domain.importing import reading
from shortener.domain.importing.records import Unreadable


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        (' [{"a": 1}]', "json"),
        ('{"a": 1}', "json"),
        ("-- dump\nINSERT INTO x VALUES (1);", "sql"),
        ("create table x (a int); insert ignore into x values (1);", "sql"),
        ("set,b\n1,2\n", "csv"),
        ("a,b\n1,2\n", "csv"),
    ],
)
def test_the_shape_is_told_by_how_a_text_begins(text: str, shape: str) -> None:
    assert reading.shape_of(text) == shape


def test_a_dump_is_no_table_by_itself() -> None:
    with pytest.raises(Unreadable, match="only those of YOURLS"):
        reading.table_of("INSERT INTO x VALUES (1);")


def test_csv_and_json_become_the_same_table() -> None:
    assert reading.table_of("a\n1\n").columns == reading.table_of('[{"a": "1"}]').columns
