from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from portal.lib import partitions
from shortener.domain.logrows import EPOCH_US, beginning, end_of_row
from shortener.domain.tallies import microseconds
from shortener.domain.visits import Visit
from shortener.models import Segment
from shortener.services import clicklog
from tests.factories.shortener import NOON, click, ship

pytestmark = pytest.mark.django_db


def test_runs_are_taken_in_the_order_of_edges_and_segments() -> None:
    for edge, number, offset in (("b", 1, 64), ("a", 2, 64), ("a", 1, 900), ("a", 1, 64)):
        ship(click(7), edge=edge, number=number, offset=offset)
    found = [(run.edge, run.number, run.offset) for run in clicklog.waiting_runs()]
    assert found == [("a", 1, 64), ("a", 1, 900), ("a", 2, 64), ("b", 1, 64)]


def test_a_run_knows_its_end() -> None:
    size = len(ship(click(7)).body)
    [run] = clicklog.waiting_runs()
    assert (run.size, run.end, run.segment) == (size, 64 + size, ("edge-a", 1))


def test_bodies_come_as_they_were_shipped() -> None:
    rows = [ship(click(7), number=1), ship(click(8), click(9), number=2)]
    found = clicklog.bodies(clicklog.waiting_runs())
    assert found == {row.pk: bytes(row.body) for row in rows}


def test_pieces_hold_some_bytes_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clicklog, "PIECE_BYTES", 1)
    ship(click(7), number=1)
    ship(click(7), number=2)
    assert [len(piece) for piece in clicklog.pieces(clicklog.waiting_runs())] == [1, 1]
    assert list(clicklog.pieces([])) == []


def test_counted_runs_are_removed() -> None:
    ship(click(7))
    clicklog.remove(clicklog.waiting_runs())
    assert not Segment.objects.exists()


def test_a_row_arrives_in_its_columns() -> None:
    visit = Visit(True, b"mark", "192.0.2.0/24", "AT", "phone", "iOS", "Safari", "de", "a\\b\t.example")
    at = NOON + timedelta(microseconds=7)
    partitions.ensure(clicklog.LOG, NOON.date(), NOON.date())
    clicklog.append([b"", beginning(visit, rule="3.2", status=307) + end_of_row(microseconds(at) - EPOCH_US, 8, 7)])
    assert stored() == (at, 7, 307, True, b"mark", "192.0.2.0/24", "AT", "phone", "de", "a\\b\t.example", "3.2")


def stored() -> tuple[Any, ...]:
    columns = "at, link_id, status, is_bot, visitor, network, country, device, language, referrer, rule"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM shortener_click")
        row: tuple[Any, ...] = cursor.fetchone() or ()
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
