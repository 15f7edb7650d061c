"""One segment file."""

from pathlib import Path

import pytest

from shortener.domain.segments import HEADER_BYTES, ClickRecord, decode, encode
from shortener.edge.segment import BrokenSegmentError, Segment

RECORDS = [encode(ClickRecord(number, 1, 302, True)) for number in range(3)]
SIZE = len(RECORDS[0])


@pytest.fixture
def segment(tmp_path: Path) -> Segment:
    segment = Segment(tmp_path / "1.segment", 1, size=4096)
    for record in RECORDS:
        segment.map[segment.position : segment.position + SIZE] = record
        segment.position += SIZE
    return segment


def reopened(segment: Segment) -> Segment:
    again = Segment(segment.path, segment.number)
    again.recover()
    return again


def times(body: bytes) -> list[int]:
    return [record.at_us for record in decode(body)]


def test_records_are_found_again(segment: Segment) -> None:
    again = reopened(segment)
    assert times(again.map[HEADER_BYTES : again.position]) == [0, 1, 2]


def test_a_plan_is_noted_before_it_is_sent_and_shipped_after(segment: Segment) -> None:
    assert times(segment.plan(HEADER_BYTES + SIZE)) == [0]
    assert (reopened(segment).shipped, reopened(segment).planned) == (HEADER_BYTES, HEADER_BYTES + SIZE)
    segment.ship()
    assert reopened(segment).shipped == HEADER_BYTES + SIZE


def test_a_renewed_segment_is_empty_and_has_another_name(segment: Segment) -> None:
    segment.plan(segment.position)
    segment.ship()
    segment.renew(segment.path.with_name("2.segment"), 2)
    again = reopened(segment)
    assert (again.path.name, again.position, again.shipped) == ("2.segment", HEADER_BYTES, HEADER_BYTES)
    assert not again.map[HEADER_BYTES:].strip(b"\0")


def test_a_segment_is_not_made_over_another(segment: Segment) -> None:
    with pytest.raises(FileExistsError):
        Segment(segment.path, 1, size=4096)


@pytest.mark.parametrize("content", [b"", b"x" * 40, b"x" * 5000])
def test_what_is_no_segment_is_not_opened(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "1.segment").write_bytes(content)
    with pytest.raises(BrokenSegmentError):
        Segment(tmp_path / "1.segment", 1)


def test_a_removed_segment_leaves_no_file(segment: Segment) -> None:
    segment.remove()
    assert not segment.path.exists()
