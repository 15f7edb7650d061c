"""The migrated database has exactly what edges ask of it."""

from typing import Any

import pytest
from django.db import connection

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
    ],
)
def test_what_edges_read(statement: str, arguments: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        assert cursor.description


def test_what_edges_write_is_harmless_when_repeated() -> None:
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(shipper._INSERT, ("edge-1", 1, 64, b"run"))
        cursor.execute("SELECT count(*) FROM shortener_segment WHERE edge = 'edge-1'")
        assert cursor.fetchone() == (1,)
