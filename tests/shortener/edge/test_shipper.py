"""Segments reach PostgreSQL exactly once."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shortener.domain.segments import HEADER_BYTES, PREFIX, ClickRecord, encode
from shortener.edge.recorder import SEGMENT_BYTES, Recorder
from shortener.edge.shipper import PIECE, Shipper
from tests.shortener.edge.support import Database, Gate, until

pytestmark = pytest.mark.xdist_group("edge_shipper")


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    recorder = Recorder(tmp_path)
    recorder.start()
    yield recorder
    recorder.stop()


@pytest.fixture
def shipper(recorder: Recorder, gate: Gate, tmp_path: Path) -> Shipper:
    return Shipper(database_url=gate.url, edge=tmp_path.name, recorder=recorder)


def click(recorder: Recorder, number: int) -> None:
    recorder.append(encode(ClickRecord(number, 1, 302, True))[PREFIX.size :])


def shipped(database: Database, edge: str) -> list[int]:
    return [record.at_us for record in database.records(edge)]


def test_records_of_an_unfinished_segment_are_shipped_too(
    recorder: Recorder, shipper: Shipper, database: Database, tmp_path: Path
) -> None:
    shipper.start()
    click(recorder, 1)
    until(lambda: shipped(database, tmp_path.name) == [1], "the first run")
    click(recorder, 2)
    until(lambda: shipped(database, tmp_path.name) == [1, 2], "the second run")
    assert shipper.finish(2)
    assert shipper.runs == 2


def test_a_finished_shipper_leaves_no_file(recorder: Recorder, shipper: Shipper) -> None:
    shipper.start()
    click(recorder, 1)
    recorder.seal()
    assert shipper.finish(2)
    assert not recorder.waiting()


def test_a_run_whose_commit_was_not_noted_is_not_doubled(
    recorder: Recorder, shipper: Shipper, database: Database, gate: Gate, tmp_path: Path
) -> None:
    click(recorder, 1)
    shipper.start()
    until(lambda: shipper.runs == 1, "the run")
    shipper.finish(2)
    [segment] = recorder.waiting()
    segment.shipped -= len(encode(ClickRecord(1, 1, 302, True)))
    click(recorder, 2)
    again = Shipper(database_url=gate.url, edge=tmp_path.name, recorder=recorder)
    again.start()
    until(lambda: shipped(database, tmp_path.name) == [1, 2], "the rest")
    assert again.finish(2)
    assert again.failures == 0


def test_a_whole_segment_arrives_byte_for_byte(
    recorder: Recorder, shipper: Shipper, database: Database, tmp_path: Path
) -> None:
    record = encode(ClickRecord(1, 1, 302, True, user_agent="a" * 1000, slug="\t\\N\0"))[PREFIX.size :]
    while recorder.recorded < SEGMENT_BYTES // len(record):
        recorder.append(record)
    [content] = {bytes(segment.map[HEADER_BYTES : segment.position]) for segment in recorder.waiting()[:1]}
    shipper.start()
    until(lambda: shipper.runs >= 1 and not shipper.failures, "the run")
    assert shipper.finish(2)
    rows = database.run(
        'SELECT body FROM shortener_segment WHERE edge = %s ORDER BY number, "offset"', (tmp_path.name,)
    )
    assert b"".join(bytes(body) for (body,) in rows).startswith(content)
    assert len(content) > PIECE


def test_without_postgresql_records_wait(
    recorder: Recorder, shipper: Shipper, database: Database, gate: Gate, tmp_path: Path
) -> None:
    gate.shut()
    shipper.start()
    click(recorder, 1)
    until(lambda: shipper.failures > 0, "the failure")
    assert recorder.backlog()[0] == 1
    gate.open()
    until(lambda: shipped(database, tmp_path.name) == [1], "the shipping")
    assert shipper.trouble == ""
    assert shipper.finish(2)


def test_finishing_without_postgresql_takes_no_longer_than_allowed(
    recorder: Recorder, shipper: Shipper, gate: Gate
) -> None:
    gate.shut()
    shipper.start()
    click(recorder, 1)
    assert not shipper.finish(1)
    assert len(recorder.waiting()) == 1
