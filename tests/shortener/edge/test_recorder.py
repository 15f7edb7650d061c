"""Segments: what is in them survives, whatever happens to the process or the disk."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from shortener.domain.segments import HEADER_BYTES, PREFIX, ClickRecord, decode, encode
from shortener.edge import recorder as recording
from shortener.edge.recorder import READY_AHEAD, Recorder
from shortener.edge.segment import Segment
from tests.shortener.edge.support import until


def body(number: int) -> bytes:
    return encode(ClickRecord(number, 1, 302, True, slug="abc"))[PREFIX.size :]


SIZE = PREFIX.size + len(body(0))


def no_room(*_: object) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def recorder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Recorder]:
    monkeypatch.setattr(recording, "SEGMENT_BYTES", HEADER_BYTES + 3 * SIZE)
    recorder = Recorder(tmp_path)
    recorder.start()
    yield recorder
    recorder.stop()


def times(segment: Segment) -> list[int]:
    return [record.at_us for record in decode(segment.map[HEADER_BYTES : segment.position])]


def test_a_record_is_in_the_file_at_once(recorder: Recorder) -> None:
    assert recorder.append(body(7))
    [segment] = recorder.waiting()
    [record] = decode(segment.path.read_bytes()[HEADER_BYTES:])
    assert record.at_us == 7


def test_a_full_segment_is_followed_by_the_next(recorder: Recorder) -> None:
    for number in range(4):
        recorder.append(body(number))
    first, second = recorder.waiting()
    assert (times(first), times(second)) == ([0, 1, 2], [3])
    assert second.number > first.number


def test_a_backlog_is_what_was_not_shipped(recorder: Recorder) -> None:
    assert recorder.backlog() == (0, 0)
    recorder.append(body(0))
    assert recorder.backlog() == (1, SIZE)


def ship(recorder: Recorder, segment: Segment) -> None:
    segment.plan(segment.position)
    segment.ship()
    recorder.done(segment)


def test_a_shipped_segment_waits_no_more(recorder: Recorder) -> None:
    recorder.append(body(0))
    recorder.seal()
    [segment] = recorder.waiting()
    ship(recorder, segment)
    assert not recorder.waiting()
    assert recorder.backlog() == (0, 0)


@pytest.fixture
def shipped(tmp_path: Path) -> tuple[Recorder, Segment]:
    """A recorder whose thread does not run, and a segment of it that was shipped."""
    recorder = Recorder(tmp_path)
    recorder._fill()
    recorder.append(body(0))
    recorder.seal()
    [segment] = recorder.waiting()
    ship(recorder, segment)
    return recorder, segment


def test_a_shipped_segment_is_used_again_under_another_number(shipped: tuple[Recorder, Segment]) -> None:
    recorder, segment = shipped
    number, path = segment.number, segment.path
    recorder._fill()
    assert recorder._ready[-1] is segment
    assert segment.number > number
    assert (times(segment), path.exists(), segment.path.exists()) == ([], False, True)
    assert not segment.map[HEADER_BYTES:].strip(b"\0")


def test_a_shipped_segment_that_was_not_used_again_is_not_left_over(shipped: tuple[Recorder, Segment]) -> None:
    recorder, segment = shipped
    again = Recorder(recorder.directory)
    assert not again.full
    assert not segment.path.exists()


def test_on_a_full_disk_shipped_segments_go_on_being_used(
    shipped: tuple[Recorder, Segment], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder, segment = shipped
    monkeypatch.setattr(os, "posix_fallocate", no_room)
    recorder._fill()
    assert recorder._ready[-1] is segment
    assert recorder.trouble == ""


def test_only_so_many_shipped_segments_are_kept(recorder: Recorder) -> None:
    for number in range(3 * (READY_AHEAD + 3)):
        until(lambda: recorder._ready or recorder.active, "a segment")
        recorder.append(body(number))
    recorder.seal()
    recorder._stopping = True
    for segment in recorder.waiting():
        ship(recorder, segment)
    assert len(recorder._spare) == READY_AHEAD


def test_leftovers_are_found_by_the_next_process(recorder: Recorder) -> None:
    for number in range(5):
        recorder.append(body(number))
    again = Recorder(recorder.directory)
    assert [times(segment) for segment in again.full] == [[0, 1, 2], [3, 4]]


def test_a_torn_last_record_is_left_out(recorder: Recorder) -> None:
    recorder.append(body(0))
    [segment] = recorder.waiting()
    segment.map[segment.position : segment.position + SIZE - 1] = (encode(ClickRecord(9, 1, 302, True, slug="abc")))[
        :-1
    ]
    [left] = Recorder(recorder.directory).full
    assert times(left) == [0]


def test_a_run_that_was_being_sent_is_sent_again_as_it_was(recorder: Recorder) -> None:
    recorder.append(body(0))
    [segment] = recorder.waiting()
    segment.plan(segment.position)
    recorder.append(body(1))
    [left] = Recorder(recorder.directory).full
    assert (left.shipped, left.planned, left.position) == (HEADER_BYTES, HEADER_BYTES + SIZE, HEADER_BYTES + 2 * SIZE)


def test_what_was_shipped_is_not_left_over(recorder: Recorder) -> None:
    recorder.append(body(0))
    [segment] = recorder.waiting()
    segment.plan(segment.position)
    segment.ship()
    assert not Recorder(recorder.directory).full
    assert not segment.path.exists()


def test_numbers_grow_even_if_the_clock_was_set_back(tmp_path: Path) -> None:
    ahead = 10**18
    (tmp_path / "last").write_text(str(ahead))
    recorder = Recorder(tmp_path)
    recorder.start()
    recorder.append(body(0))
    assert recorder.waiting()[0].number == ahead + 1
    recorder.stop()


def test_a_file_that_is_no_segment_is_set_aside(tmp_path: Path) -> None:
    for number, content in enumerate((b"", b"x" * 5000)):
        (tmp_path / f"{number}.segment").write_bytes(content)
    assert not Recorder(tmp_path).full
    assert len(list(tmp_path.glob("*.broken"))) == 2


def test_a_full_disk_sheds_records_and_counts_them(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "posix_fallocate", no_room)
    written = sum(recorder.append(body(number)) for number in range(100))
    assert written <= 3 * READY_AHEAD + 3
    assert (recorder.shed, recorder.recorded) == (100 - written, written)
    recorder._fill()
    assert "No space left" in recorder.trouble


def test_records_are_written_again_once_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(tmp_path)
    with monkeypatch.context() as disk:
        disk.setattr(os, "posix_fallocate", no_room)
        recorder._fill()
        assert not recorder.append(body(0))
    recorder._fill()
    assert recorder.append(body(1))
    assert (recorder.trouble, recorder.shed, recorder.recorded) == ("", 1, 1)


def test_too_many_waiting_segments_are_like_a_full_disk(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MAX_SEGMENTS", 1)
    for number in range(100):
        recorder.append(body(number))
    assert recorder.shed > 0
    recorder._fill()
    assert "wait to be shipped" in recorder.trouble


def test_stopping_leaves_no_empty_files(recorder: Recorder) -> None:
    recorder.append(body(0))
    recorder.seal()
    recorder.stop()
    assert len(list(recorder.directory.glob("*.segment"))) == 1
