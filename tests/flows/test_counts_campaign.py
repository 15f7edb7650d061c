"""A short fault campaign of probes in every run of the tests; `./run bench counts` is the long one."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from loadtest import answering, campaign_counts
from loadtest.campaign_counts import Crew
from loadtest.stage import until

TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
AHEAD, BEHIND = 25.0, -600.0


@pytest.fixture
def crew(tmp_path: Path, transactional_db: None, settings: Any) -> Iterator[Crew]:
    """A worker of each location, on the database of this test."""
    settings.PORTAL_ALLOW_PRIVATE_TARGETS = True
    found = connection.get_connection_params()
    server = f"{found['user']}:{found['password']}@{found['host']}:{found['port']}/{found['dbname']}"
    environment = os.environ | {"DATABASE_URL": f"postgresql://{server}", "PORTAL_ALLOW_PRIVATE_TARGETS": "true"}
    commands = {name: ["manage.py", "run_probes", "--location", name] for name in campaign_counts.LOCATIONS}
    with (tmp_path / "workers.log").open("ab") as log:
        made = Crew(commands, environment | {"PORTAL_PROBE_ROUNDS": "2"}, log)
        yield made
        made.kill_all()


def ask(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def has_stored(number: int) -> bool:
    return bool(ask("SELECT count(*) FROM slo_proberesult")[0][0] >= number)


def test_no_minute_is_counted_twice_and_no_good_target_bad_whatever_is_done(crew: Crew, service: Any) -> None:
    with answering.server() as (port,):
        campaign_counts.fill(service, port, probes=40, now=timezone.now() - timedelta(minutes=1))
        for name in crew.commands:
            crew.start(name)
        until(lambda: has_stored(40), "the first results")
        faults = {
            "worker killed": lambda: crew.restart("main"),
            "sessions lost": lambda: ask(f"{TERMINATE} pg_backend_pid()"),
            "clock ahead": lambda: campaign_counts.run_with_moved_clock("vienna", AHEAD),
            "clock behind": lambda: campaign_counts.run_with_moved_clock("main", BEHIND),
        }
        done = campaign_counts.campaign(faults, number=4, seed=7, longest_gap=0.4)
        until(lambda: has_stored(110), "the results after the faults")
        crew.kill_all()
        books = campaign_counts.compare(ask, port, done)
    assert books.wrong == 0, campaign_counts.table(books)
    assert books.counted == books.stored <= books.answered
