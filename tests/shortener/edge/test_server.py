"""The whole process, on a real PostgreSQL: what must hold whatever dies."""

import http.client
import signal
import socket
import threading
import time
from collections import Counter

import pytest

from tests.shortener.edge.support import Database, EdgeProcess, Gate, until

pytestmark = pytest.mark.xdist_group("edge_server")


def _slugs(database: Database) -> Counter[str]:
    return Counter(record.slug for record in database.records())


def test_a_link_is_followed_and_its_click_shipped(edge: EdgeProcess, database: Database) -> None:
    answer = edge.get("/known", User_Agent="Firefox", Referer="https://news.test/", Accept_Language="de")
    assert (answer.status, answer.headers["Location"]) == (302, "https://example.com/known")
    assert (answer.headers["Cache-Control"], answer.headers["Content-Length"]) == ("private, no-store", "0")
    record = until(lambda: [one for one in database.records() if one.referrer], "the click")[0]
    assert (record.link_id, record.status, record.is_click) == (1, 302, True)
    assert (record.host, record.slug, record.user_agent) == ("sho.test", "known", "Firefox")
    assert (record.address, record.language) == ("127.0.0.1", "de")


def test_a_link_just_created_is_followed_at_once(edge: EdgeProcess, database: Database) -> None:
    assert edge.get("/newborn").status == 404
    database.put_link(2, "newborn")
    assert edge.get("/newborn").status == 302


def test_a_link_that_no_change_announced_yet_is_looked_up(edge: EdgeProcess, database: Database) -> None:
    database.run("INSERT INTO link SELECT 3, domain, 'unheard', payload FROM link WHERE link_id = 1")
    assert edge.get("/unheard").headers["Location"] == "https://example.com/known"


def test_a_change_is_seen_on_a_hot_link(edge: EdgeProcess, database: Database) -> None:
    database.put_link(4, "hot")
    assert edge.get("/hot").status == 302
    database.put_link(4, "hot", state="banned")
    until(lambda: edge.get("/hot").status == 451, "the ban")


def test_a_renamed_link_leaves_its_old_slug(edge: EdgeProcess, database: Database) -> None:
    database.put_link(5, "before")
    assert edge.get("/before").status == 302
    database.put_link(5, "after")
    until(lambda: edge.get("/before").status == 404, "the old slug's end")
    assert edge.get("/after").status == 302


def test_an_expiry_is_exact_on_a_hot_link(edge: EdgeProcess, database: Database) -> None:
    expires_at = time.time() + 0.3
    database.put_link(6, "brief", expires_at=expires_at)
    assert edge.get("/brief").status == 302
    until(lambda: edge.get("/brief").status == 410, "the expiry")
    assert 0 <= time.time() - expires_at < 2


def test_without_postgresql_redirects_go_on_and_clicks_arrive_later(
    own_edge: EdgeProcess, database: Database, gate: Gate
) -> None:
    database.put_link(7, "steady")
    own_edge.start()
    gate.shut()
    until(lambda: own_edge.metric("edge_postgresql_up") == 0, "the loss of PostgreSQL")
    assert [own_edge.get("/steady").status for _ in range(20)] == [302] * 20
    assert own_edge.get("/never-there").status == 404
    assert "PostgreSQL is away" in own_edge.admin("/readyz")[1]
    gate.open()
    until(lambda: own_edge.metric("edge_segment_bytes_waiting") == 0, "the clicks' shipping")
    assert _slugs(database)["steady"] == 20


def _hammer(edge: EdgeProcess, answered: Counter[str], name: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", edge.port, timeout=5)
    number = 0
    try:
        while True:
            slug = f"{name}-{number}"
            connection.request("GET", f"/{slug}", headers={"Host": edge.host})
            connection.getresponse().read()
            answered[slug] += 1
            number += 1
    except (OSError, http.client.HTTPException):
        connection.close()


CLIENTS = 4


def _traffic_until_killed(edge: EdgeProcess) -> Counter[str]:
    """How often each slug was answered to some clients before the edge was killed."""
    answered: Counter[str] = Counter()
    clients = [threading.Thread(target=_hammer, args=(edge, answered, f"k{number}")) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    until(lambda: answered.total() > 1500, "traffic")
    edge.kill(signal.SIGKILL)
    for client in clients:
        client.join()
    return answered


def test_a_kill_during_traffic_loses_no_answered_click(own_edge: EdgeProcess, database: Database) -> None:
    own_edge.environment["PORTAL_EDGE_NAME"] = "killed"
    answered = _traffic_until_killed(own_edge.start())
    own_edge.start()
    until(lambda: own_edge.metric("edge_segment_bytes_waiting") == 0, "the leftovers' shipping")
    recorded = Counter(record.slug for record in database.records("killed"))
    assert answered.keys() <= recorded.keys()
    assert max(recorded.values()) == 1
    assert len(recorded) <= answered.total() + CLIENTS


def test_a_corrupt_replica_is_rebuilt(own_edge: EdgeProcess) -> None:
    own_edge.start().kill()
    file = next(own_edge.directory.glob("replica/replica.*/data.mdb"))
    file.write_bytes(b"\xff" * 4096)
    own_edge.start()
    assert own_edge.get("/known").status == 302
    assert own_edge.metric("edge_replica_rebuilds_total") == 1


def test_a_restart_without_postgresql_serves_the_replica(own_edge: EdgeProcess, gate: Gate) -> None:
    own_edge.start().kill()
    gate.shut()
    own_edge.start()
    assert own_edge.get("/known").status == 302
    gate.open()


def test_sigterm_ships_what_it_has_and_ends_cleanly(own_edge: EdgeProcess, database: Database) -> None:
    own_edge.environment["PORTAL_EDGE_NAME"] = "ended"
    own_edge.start()
    for number in range(5):
        own_edge.get(f"/last-{number}")
    assert own_edge.kill(signal.SIGTERM) == 0
    assert sum(slug.startswith("last-") for slug in _slugs(database).elements()) == 5
    assert not list(own_edge.directory.glob("segments/*.segment"))


def test_sigterm_closes_idle_connections(own_edge: EdgeProcess) -> None:
    own_edge.start()
    with socket.create_connection(("127.0.0.1", own_edge.port), timeout=5) as client:
        until(lambda: own_edge.metric("edge_connections") == 1)
        assert own_edge.kill(signal.SIGTERM) == 0
        assert client.recv(1) == b""


def test_two_edges_serve_one_port(gate: Gate, own_edge: EdgeProcess, tmp_path: object) -> None:
    own_edge.start()
    twin = EdgeProcess(database_url=gate.url, data=own_edge.data, PORTAL_EDGE_NAME="edge-2")
    twin.environment["PORTAL_LINK_PORT"] = str(own_edge.port)
    twin.start()
    own_edge.kill(signal.SIGTERM)
    assert own_edge.get("/known").status == 302
    twin.kill()


def test_an_edge_of_another_portal_is_not_let_in(edge: EdgeProcess, own_edge: EdgeProcess) -> None:
    own_edge.environment["PORTAL_LINK_PORT"] = str(edge.port)
    own_edge.start(wait=False)
    assert own_edge.wait() == 2
    assert "Another process listens on the link port" in own_edge.log.read_text()
    assert edge.get("/known").status == 302


def test_an_edge_without_replica_and_postgresql_is_not_ready(own_edge: EdgeProcess, gate: Gate) -> None:
    gate.shut()
    own_edge.start(wait=False)
    until(lambda: own_edge.log.exists() and "listening" in own_edge.log.read_text(), "the start")
    assert own_edge.get("/known").status == 503
    assert own_edge.admin("/readyz")[0] == 503
    gate.open()
    until(lambda: own_edge.is_ready, "the replica")
