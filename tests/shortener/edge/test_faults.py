"""What dies around a running edge, and what visitors, /readyz and /metrics see of it."""

import contextlib
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import lmdb
import pytest

from shortener.domain.replica import link_key
from shortener.edge.store import MAP_BYTES
from tests.shortener.edge.support import Database, EdgeProcess, Gate, until

pytestmark = pytest.mark.xdist_group("edge_faults")

BROWSER = b"User-Agent: " + b"a" * 1000 + b"\r\nReferer: https://" + b"b" * 1000 + b"\r\n"
SMALL_DISK = 'mount -t tmpfs -o size=7m tmpfs "$0" && exec "$@"'
SMALL_FILES = 'ulimit -f 1000; exec "$@"'


def visit(edge: EdgeProcess, *slugs: str) -> Counter[bytes]:
    """Follow links behind each other on one connection; how often it was answered with which status."""
    heads = [f"GET /{slug} HTTP/1.1\r\nHost: {edge.host}\r\n".encode() + BROWSER + b"\r\n" for slug in slugs]
    return Counter(re.findall(rb"HTTP/1\.1 (\d+) ", edge.talk(b"".join(heads), shut=True)))


def visits(edge: EdgeProcess, slug: str, number: int) -> Counter[bytes]:
    """Follow a link so often, in portions that fit into the buffers of a socket."""
    return sum((visit(edge, *[slug] * 50) for _ in range(number // 50)), Counter())


def answers(edge: EdgeProcess) -> bool:
    """Whether a link is followed just now; not so while the process ends or starts."""
    with contextlib.suppress(OSError):
        return visit(edge, "known") == {b"302": 1}
    return False


def degraded(edge: EdgeProcess) -> str:
    return edge.admin("/readyz")[1]


def drained(edge: EdgeProcess) -> bool:
    return edge.metric("edge_segment_bytes_waiting") == 0


@pytest.fixture
def valkey() -> Iterator[Gate]:
    """The only way to Valkey of an edge."""
    gate = Gate(os.environ["REDIS_URL"])
    yield gate
    gate.shut()


@pytest.fixture
def lonely(own_edge: EdgeProcess, database: Database, gate: Gate, valkey: Gate) -> EdgeProcess:
    """A running edge that has lost PostgreSQL and Valkey; it knows two links with a limit."""
    database.put_link(2, "open", max_visits=1, open_without_counter=True)
    database.put_link(3, "shut", max_visits=1, open_without_counter=False)
    own_edge.environment["REDIS_URL"] = valkey.url
    own_edge.start()
    until(lambda: own_edge.get("/shut").status != 503, "the counters")
    gate.shut()
    valkey.shut()
    until(lambda: own_edge.metric("edge_postgresql_up") == own_edge.metric("edge_valkey_up") == 0, "both losses")
    return own_edge


def test_without_valkey_links_go_on_and_limits_follow_their_own_setting(
    own_edge: EdgeProcess, database: Database, valkey: Gate
) -> None:
    database.put_link(4, "guarded", max_visits=100, open_without_counter=False)
    own_edge.environment["REDIS_URL"] = valkey.url
    own_edge.start()
    until(lambda: own_edge.get("/guarded").status == 302, "the counter")
    valkey.shut()
    until(lambda: own_edge.get("/guarded").status == 503, "the loss")
    assert visits(own_edge, "known", 100) == {b"302": 100}
    assert "Valkey is away" in degraded(own_edge)
    valkey.open()
    until(lambda: own_edge.get("/guarded").status == 302, "the return")


def test_without_both_redirects_go_on_and_say_what_is_missing(lonely: EdgeProcess) -> None:
    assert visits(lonely, "known", 100) == {b"302": 100}
    assert [lonely.get(path).status for path in ("/open", "/open", "/shut", "/no")] == [302, 302, 503, 404]
    until(lambda: "clicks wait" in degraded(lonely), "the words")
    assert "PostgreSQL is away" in degraded(lonely)
    assert "Valkey is away" in degraded(lonely)
    assert lonely.admin("/readyz")[0] == 200


def test_clicks_of_an_edge_that_lost_both_and_was_killed_arrive_once(
    lonely: EdgeProcess, database: Database, gate: Gate
) -> None:
    slugs = [f"lonely-{number}" for number in range(60)]
    assert visit(lonely, *slugs) == {b"404": 60}
    lonely.kill()
    lonely.start()
    assert visit(lonely, *slugs) == {b"404": 60}
    gate.open()
    until(lambda: drained(lonely), "the shipping")
    assert Counter(one.slug for one in database.records() if one.slug in slugs) == dict.fromkeys(slugs, 2)


@pytest.fixture
def cramped(own_edge: EdgeProcess) -> EdgeProcess:
    """An edge on a disk of 7 MB; where nobody may mount one, an edge whose files may not reach a segment's size."""
    own_edge.directory.mkdir(parents=True)
    disk = ("unshare", "-rm", "sh", "-c", SMALL_DISK, str(own_edge.directory))
    may_mount = subprocess.run([*disk, "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0
    own_edge.within = disk if may_mount else ("sh", "-c", SMALL_FILES, "sh")
    own_edge.environment["PORTAL_EDGE_NAME"] = own_edge.directory.name
    return own_edge.start()


def test_a_full_disk_sheds_records_and_no_redirects(cramped: EdgeProcess, database: Database, gate: Gate) -> None:
    before = len(database.records())
    gate.shut()
    assert visits(cramped, "known", 5000) == {b"302": 5000}
    shed, recorded = cramped.metric("edge_records_shed_total"), cramped.metric("edge_records_total")
    assert (shed > 0, shed + recorded) == (True, 5000)
    assert "clicks are not recorded" in degraded(cramped)
    gate.open()
    until(lambda: drained(cramped), "the shipping")
    assert len(database.records()) == before + recorded


def halve(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def scribble(file: Path) -> None:
    """Garbage in all pages but the two that say where the others are."""
    content = file.read_bytes()
    file.write_bytes(content[:8192] + b"\xa5" * (len(content) - 8192))


DAMAGES = {
    "cut in half": halve,
    "emptied": lambda file: os.truncate(file, 0),
    "garbage": lambda file: file.write_bytes(b"\xff" * 40_000),
    "garbage inside": scribble,
    "file missing": Path.unlink,
    "generation missing": lambda file: shutil.rmtree(file.parent),
    "everything missing": lambda file: shutil.rmtree(file.parent.parent),
    "another name": lambda file: (file.parent.parent / "current").write_text("replica.77"),
}


def replica_of(edge: EdgeProcess) -> Path:
    return next(edge.directory.glob("replica/replica.*/data.mdb"))


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_replica_is_rebuilt_at_the_next_start(
    own_edge: EdgeProcess, damage: Callable[[Path], object]
) -> None:
    own_edge.start().kill()
    damage(replica_of(own_edge))
    until(own_edge.supervise, "the rebuild")
    assert own_edge.get("/known").status == 302
    assert own_edge.metric("edge_replica_rebuilds_total") == 1


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: shutil.rmtree(file.parent)])
def test_a_replica_deleted_under_a_running_edge_is_rebuilt_while_it_serves(
    own_edge: EdgeProcess, damage: Callable[[Path], object]
) -> None:
    own_edge.start()
    damage(replica_of(own_edge))
    until(lambda: visits(own_edge, "known", 50)[b"302"] == 50 and own_edge.metric("edge_replica_rebuilds_total") == 2)
    assert own_edge.get("/no").status == 404
    assert replica_of(own_edge).exists()


def spoil(file: Path, key: bytes) -> None:
    """Put an entry into a replica that no edge wrote."""
    with lmdb.open(str(file.parent), map_size=MAP_BYTES) as other, other.begin(write=True) as writer:
        writer.put(b"l" + key, b"?")


def test_an_entry_that_cannot_be_read_brings_a_new_replica(own_edge: EdgeProcess, database: Database) -> None:
    own_edge.start()
    spoil(replica_of(own_edge), link_key(database.domain, "known"))
    database.put_link(9, "other")
    until(lambda: own_edge.metric("edge_replica_changes_total") == 1, "the change")
    until(lambda: answers(own_edge) and own_edge.metric("edge_replica_rebuilds_total") == 2, "the rebuild")
    assert own_edge.get("/other").status == 302


def test_a_replica_deleted_without_postgresql_is_said_and_goes_on_serving(own_edge: EdgeProcess, gate: Gate) -> None:
    own_edge.start()
    gate.shut()
    until(lambda: own_edge.metric("edge_postgresql_up") == 0, "the loss")
    replica_of(own_edge).unlink()
    assert "the replica's file is gone" in degraded(own_edge)
    assert visits(own_edge, "known", 50) == {b"302": 50}


def test_a_replica_cut_under_a_running_edge_comes_back(own_edge: EdgeProcess) -> None:
    own_edge.start()
    os.truncate(replica_of(own_edge), 8192)
    until(lambda: own_edge.supervise() and answers(own_edge), "the return")
    assert own_edge.metric("edge_replica_rebuilds_total") >= 1
