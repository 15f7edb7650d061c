import csv
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.shortener.services.importing.helpers import counts, imported

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
ActorOf = Callable[[Any], Any]
BAD = "target,slug,title\nftp://x,a b,=SUM(A1)\nhttps://example.org/,ok,\n"


def rows_of(response: Any) -> list[list[str]]:
    return list(csv.reader(response.getvalue().decode().splitlines()))


def test_the_rows_come_with_their_columns_and_what_is_wrong(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    job = imported(actor_of(bob), team, BAD, now)
    header, row = rows_of(client_for(bob).get(f"/links/imports/{job.public_id}/errors.csv"))
    assert header == ["target", "slug", "title", "line", "problem"]
    assert row[:4] == ["ftp://x", "a b", "'=SUM(A1)", "2"]
    assert "Only http:// and https://" in row[4]


def test_the_repaired_file_can_be_imported(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    job = imported(actor_of(bob), team, BAD, now)
    text = client_for(bob).get(f"/links/imports/{job.public_id}/errors.csv").getvalue().decode()
    repaired = text.replace("ftp://x", "https://example.org/x").replace("a b", "a-b")
    assert counts(imported(actor_of(bob), team, repaired, now)) == (1, 0, 0, 0)


def test_strangers_do_not_see_them(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, charlie: Any, team: Any, now: datetime
) -> None:
    job = imported(actor_of(bob), team, BAD, now)
    assert client_for(charlie).get(f"/links/imports/{job.public_id}/errors.csv").status_code == 404
