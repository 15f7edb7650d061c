"""The replica follows PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from shortener.domain.redirect import LinkFacts
from shortener.domain.replica import link_key
from shortener.edge.follower import Follower, Listener
from shortener.edge.generations import Generations
from shortener.edge.store import Replica
from tests.shortener.edge.support import Database, Gate, until

pytestmark = pytest.mark.xdist_group("edge_follower")


class Heard:
    """What a follower told."""

    def __init__(self) -> None:
        self.replicas: list[Replica] = []
        self.keys: set[bytes] = set()
        self.doubts = 0
        self.losses = 0
        self.domains: list[str] = []

    def listener(self) -> Listener:
        return Listener(swap=self.replicas.append, changed=self._changed, doubt=self._doubt, lose=self._lose)

    def _changed(self, keys: object, domains: object) -> None:
        self.keys |= set(keys)  # type: ignore[call-overload]
        self.domains = [one.name for one in domains or []] or self.domains  # type: ignore[attr-defined]

    def _doubt(self) -> None:
        self.doubts += 1

    def _lose(self) -> None:
        self.losses += 1

    def find(self, slug: str) -> LinkFacts | None:
        self.replicas[-1].refresh()
        return self.replicas[-1].find(link_key("sho.test", slug))


@pytest.fixture
def heard() -> Heard:
    return Heard()


def follow(gate: Gate, directory: Path, heard: Heard) -> Follower:
    return Follower(database_url=gate.url, generations=Generations(directory), listener=heard.listener())


@pytest.fixture
def follower(gate: Gate, tmp_path: Path, heard: Heard) -> Iterator[Follower]:
    follower = follow(gate, tmp_path, heard)
    follower.start()
    until(lambda: follower.is_connected, "the connection")
    yield follower
    follower.stop()


def test_it_begins_with_everything_there_is(follower: Follower, heard: Heard) -> None:
    found = heard.find("known")
    assert found is not None
    assert (found.target, follower.rebuilds) == ("https://example.com/known", 1)


def test_a_change_is_applied_and_told(follower: Follower, heard: Heard, database: Database) -> None:
    database.put_link(20, "told", target="https://example.com/first")
    until(lambda: link_key("sho.test", "told") in heard.keys, "the change")
    found = heard.find("told")
    assert found is not None
    assert found.target == "https://example.com/first"
    until(lambda: heard.doubts > 0, "the notification")


def test_a_change_without_notification_is_found_by_polling(
    follower: Follower, heard: Heard, database: Database
) -> None:
    database.run("INSERT INTO link SELECT 21, domain, 'silent', payload FROM link WHERE link_id = 1")
    database.run("INSERT INTO shortener_linkchange (link_id) VALUES (21)")
    until(lambda: heard.find("silent"), "the poll")


def test_a_new_domain_is_told(follower: Follower, heard: Heard, database: Database) -> None:
    database.put_domain("new.test")
    until(lambda: "new.test" in heard.domains, "the domain")


def test_a_lost_connection_is_made_again(follower: Follower, heard: Heard, database: Database, gate: Gate) -> None:
    gate.shut()
    until(lambda: not follower.is_connected, "the loss")
    database.put_link(22, "meanwhile")
    assert follower.trouble
    gate.open()
    until(lambda: heard.find("meanwhile"), "the change")
    assert follower.rebuilds == 1


@pytest.fixture
def stopped(follower: Follower, heard: Heard, database: Database) -> Follower:
    """A follower that came as far as the database and was stopped."""
    until(lambda: [(follower.cursor,)] == database.run("SELECT max(seq) FROM shortener_linkchange"))
    follower.stop()
    heard.replicas[-1].close()
    return follower


def _again(gate: Gate, tmp_path: Path, heard: Heard) -> Follower:
    again = follow(gate, tmp_path, heard)
    again.load()
    again.start()
    until(lambda: again.is_connected, "the connection")
    again.stop()
    return again


def test_the_next_start_goes_on_at_the_cursor(stopped: Follower, gate: Gate, tmp_path: Path, heard: Heard) -> None:
    again = _again(gate, tmp_path, heard)
    assert (again.rebuilds, again.cursor) == (0, stopped.cursor)


@pytest.mark.parametrize("meta", [{"origin": "another/1"}, {"cursor": 10**9}])
def test_another_or_an_older_database_means_a_rebuild(
    stopped: Follower, gate: Gate, tmp_path: Path, heard: Heard, meta: dict[str, object]
) -> None:
    replica = Replica(next(tmp_path.glob("replica.*")))
    replica.set_meta(**meta)
    replica.close()
    assert _again(gate, tmp_path, heard).rebuilds == 1


def test_a_replica_that_cannot_be_read_is_rebuilt(follower: Follower, heard: Heard) -> None:
    follower.distrust()
    until(lambda: len(heard.replicas) == 2, "the rebuild")
    assert heard.find("known") is not None


def test_a_replica_that_was_deleted_is_rebuilt(follower: Follower, heard: Heard, tmp_path: Path) -> None:
    shutil.rmtree(next(tmp_path.glob("replica.*")))
    until(lambda: len(heard.replicas) == 2, "the rebuild")
    assert heard.find("known") is not None
    assert (heard.losses, follower.is_rebuilding) == (0, False)


def test_a_replica_that_was_cut_short_is_read_no_more_and_rebuilt(
    follower: Follower, heard: Heard, tmp_path: Path
) -> None:
    os.truncate(next(tmp_path.glob("replica.*/data.mdb")), 8192)
    until(lambda: len(heard.replicas) == 2, "the rebuild")
    assert heard.losses >= 1
    assert heard.find("known") is not None


def test_a_rebuild_that_fails_leaves_nothing_behind(
    follower: Follower, heard: Heard, database: Database, tmp_path: Path
) -> None:
    database.run("ALTER VIEW shortener_edge_domain RENAME TO gone")
    follower.distrust()
    until(lambda: not follower.is_connected, "the failure")
    kept = [path.name for path in tmp_path.glob("replica.*")]
    database.run("ALTER VIEW gone RENAME TO shortener_edge_domain")
    assert kept == [heard.replicas[-1].path.name]
