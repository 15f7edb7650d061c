import pytest

from shortener.domain.importing import tables
from shortener.services.importing import bodies

TABLE = tables.read('a,b\n1,"x\ny"\n2,é,3\n')


def test_rows_come_back_as_they_were() -> None:
    packed, count = bodies.packed(TABLE)
    assert count == 2
    assert list(bodies.unpacked(packed, TABLE.columns)) == list(TABLE.records())


@pytest.mark.parametrize(("start", "left"), [(0, 2), (1, 1), (2, 0), (9, 0)])
def test_a_resumed_import_begins_in_the_middle(start: int, left: int) -> None:
    packed, _ = bodies.packed(TABLE)
    assert len(list(bodies.unpacked(packed, TABLE.columns, start=start))) == left


def test_a_long_body_is_unpacked_piece_by_piece() -> None:
    table = tables.read("a\n" + "".join(f"{number * 7919}\n" for number in range(50_000)))
    packed, _ = bodies.packed(table)
    assert len(packed) > 3 * bodies.BLOCK
    assert list(bodies.unpacked(packed, table.columns, start=49_990)) == list(table.records())[49_990:]
