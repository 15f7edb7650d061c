"""The migrated database has exactly what edges ask of it."""

from typing import Any

import pytest
from django.db import connection, transaction
from psycopg2.errors import UniqueViolation

from shortener.edge import follower, lookup, shipper

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("statement", "arguments"),
    [
        (follower._LINKS, None),
        (follower._DOMAINS, None),
        (follower._CURSOR_NOW, None),
        (follower._CHANGES, (0, 10)),
        (lookup._QUERY, ((("sho.test", "a"),),)),
        (lookup._PEOPLE, ((1, 2),)),
    ],
)
def test_what_edges_read(statement: str, arguments: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        assert cursor.description


def _write() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert(shipper._COPY, shipper.Row("edge-1", 1, 64, b"run"), shipper.PIECE)


def test_what_edges_write_is_harmless_when_repeated() -> None:
    _write()
    with pytest.raises(UniqueViolation):
        _write()
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, body FROM shortener_segment WHERE edge = 'edge-1'")
        assert [(number, bytes(body)) for number, body in cursor.fetchall()] == [(1, b"run")]
