"""A short fault campaign of paging in every run of the tests; `./run bench pagefaults` is the long one."""

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from loadtest import campaign_pages, page_books, page_faults, page_world, receiving
from loadtest.campaign_counts import Crew
from loadtest.page_world import World

NAMES = ("killed after accept, before write", "ack races tick", "policy deleted in mid-run", "silence of 25 h")


@pytest.fixture
def crew(tmp_path: Path, transactional_db: None) -> Iterator[Crew]:
    """A pager, on the database of this test and with a Valkey that is not there."""
    found = connection.get_connection_params()
    server = f"{found['user']}:{found['password']}@{found['host']}:{found['port']}/{found['dbname']}"
    told = {"DATABASE_URL": f"postgresql://{server}", "REDIS_URL": "redis://127.0.0.1:1/0"}
    told |= {"PORTAL_ALLOW_PRIVATE_TARGETS": "true", "PORTAL_PROCESS_PORT": "0"}
    with (tmp_path / "pagers.log").open("ab") as log:
        made = Crew({"one": ["manage.py", "pager"]}, os.environ | told, log)
        yield made
        made.kill_all()


def execute(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def test_no_page_is_lost_and_none_follows_an_ack_whatever_dies(crew: Crew) -> None:
    with receiving.receiver(delay=0.1) as port:
        world = World(crew, port, execute, random.Random(3))
        world.team_id = page_world.fill(port)
        faults = page_faults.faults(world, {})
        crew.start("one")
        for name in NAMES:
            faults[name]()
        campaign_pages.settle(world, execute, 60)
        crew.kill_all()
        books = page_books.compare(world, execute)
    assert books.wrong == 0, books.evidence
    assert (books.acknowledged, world.caught[page_world.NOT_WRITTEN] > 0) == (3, True)
