"""The running edge's answers that depend on who asks."""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from shortener.domain.visit_counters import key_of
from tests.shortener.edge.support import Database, EdgeProcess, Gate, until

pytestmark = pytest.mark.xdist_group("edge_personal")

PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"  # noqa: E501
DESKTOP = "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0"
RULES: list[dict[str, Any]] = [
    {"id": 4, "conditions": [{"type": "query", "name": "vip", "value": None}], "target": "https://e.com/vip"},
    {"id": 2, "conditions": [{"type": "device", "values": ["phone"]}], "target": "https://e.com/phone"},
    {"id": 9, "conditions": [{"type": "language", "values": ["de"]}], "target": "https://e.com/de"},
    {"id": 5, "conditions": [{"type": "address", "values": ["127.0.0.1"]}], "target": "https://e.com/local"},
]
FIRST_LIMITED = 930_000_000


@pytest.fixture(autouse=True, scope="module")
def _fresh_counters(edge: EdgeProcess) -> None:
    client = redis.Redis.from_url(edge.environment["REDIS_URL"])
    client.delete(*(key_of(FIRST_LIMITED + number) for number in range(20)))


def put(database: Database, edge: EdgeProcess, link_id: int, slug: str, **payload: Any) -> None:
    database.put_link(link_id, slug, **payload)
    until(lambda: edge.get(f"/{slug}", method="HEAD").status != 404, "the link")


@pytest.mark.parametrize(
    ("path", "headers", "target"),
    [
        ("/ruled?vip", {"User_Agent": PHONE}, "https://e.com/vip"),
        ("/ruled", {"User_Agent": PHONE}, "https://e.com/phone"),
        ("/ruled?other=1", {"User_Agent": PHONE, "Accept_Language": "de"}, "https://e.com/phone"),
        ("/ruled", {"User_Agent": DESKTOP, "Accept_Language": "de-AT,en;q=0.3"}, "https://e.com/de"),
        ("/ruled", {"User_Agent": DESKTOP, "Accept_Language": "en"}, "https://e.com/local"),
    ],
)
def test_the_first_rule_that_holds_decides(
    database: Database, edge: EdgeProcess, path: str, headers: dict[str, str], target: str
) -> None:
    put(database, edge, 60, "ruled", rules=RULES)
    assert edge.get(path, **headers).headers["Location"] == target


def test_the_record_names_the_rule(database: Database, edge: EdgeProcess) -> None:
    split = {"id": 3, "conditions": [], "variants": [{"target": "https://e.com/", "weight": 1}] * 2}
    put(database, edge, 61, "split", rules=[split])
    edge.get("/split", User_Agent=PHONE)
    [found] = until(
        lambda: [one for one in database.records() if one.link_id == 61 and one.method == "GET"], "the record"
    )
    assert (found.rule, found.user_agent) == (3, PHONE)
    assert found.variant in {1, 2}


def test_pipelined_requests_of_limited_links_are_answered_in_order(database: Database, edge: EdgeProcess) -> None:
    put(database, edge, FIRST_LIMITED, "piped", max_visits=2)
    get = b"GET /piped HTTP/1.1\r\nHost: sho.test\r\nUser-Agent: " + DESKTOP.encode() + b"\r\n\r\n"
    last = b"GET /known HTTP/1.1\r\nHost: sho.test\r\nConnection: close\r\n\r\n"
    answer = edge.talk(get * 4 + last)
    assert re.findall(rb"HTTP/1.1 (\d+)", answer) == [b"302", b"302", b"410", b"410", b"302"]


def test_people_are_counted_and_others_are_not(database: Database, edge: EdgeProcess) -> None:
    put(database, edge, FIRST_LIMITED + 1, "once", max_visits=1)
    quiet = [
        edge.get("/once", method="HEAD", User_Agent=DESKTOP),
        edge.get("/once", User_Agent="Googlebot/2.1"),
        edge.get("/once", User_Agent=DESKTOP, Sec_Purpose="prefetch"),
    ]
    loud = [edge.get("/once", User_Agent=DESKTOP) for _ in range(2)]
    assert [one.status for one in (*quiet, *loud)] == [302, 302, 302, 302, 410]


def test_a_used_up_link_says_so(database: Database, edge: EdgeProcess) -> None:
    put(database, edge, FIRST_LIMITED + 2, "none", max_visits=0)
    answer = edge.get("/none", User_Agent=DESKTOP, Accept="application/json")
    assert (answer.status, json.loads(answer.content)["type"]) == (410, "urn:problem:link:used_up")
    assert edge.metric('edge_requests_total{kind="used_up"}') >= 1
    assert edge.metric('edge_visit_claims_total{claim="refused"}') >= 1


@pytest.fixture
def second_edge(database: Database, tmp_path: Path) -> Iterator[EdgeProcess]:
    edge = EdgeProcess(database_url=database.url, data=tmp_path, PORTAL_EDGE_NAME="edge-2").start()
    yield edge
    edge.kill()


def test_exactly_so_many_pass_through_two_edges(
    database: Database, edge: EdgeProcess, second_edge: EdgeProcess
) -> None:
    put(database, edge, FIRST_LIMITED + 3, "shared", max_visits=50)
    put(database, second_edge, FIRST_LIMITED + 3, "shared", max_visits=50)
    statuses: list[int] = []

    def visit(one: EdgeProcess) -> None:
        statuses.extend(one.get("/shared", User_Agent=DESKTOP).status for _ in range(40))

    threads = [threading.Thread(target=visit, args=(one,)) for one in (edge, second_edge) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(statuses) == {302: 50, 410: 110}


@pytest.fixture
def valkey_gate(edge: EdgeProcess) -> Iterator[Gate]:
    gate = Gate(edge.environment["REDIS_URL"])
    yield gate
    gate.shut()


@pytest.fixture
def lonely(database: Database, valkey_gate: Gate, tmp_path: Path) -> Iterator[EdgeProcess]:
    """An edge whose Valkey can be taken away."""
    edge = EdgeProcess(database_url=database.url, data=tmp_path, REDIS_URL=valkey_gate.url).start()
    yield edge
    edge.kill()


def test_with_valkey_away_each_link_follows_its_own_setting(
    database: Database, lonely: EdgeProcess, valkey_gate: Gate
) -> None:
    put(database, lonely, FIRST_LIMITED + 4, "open", max_visits=5, open_without_counter=True)
    put(database, lonely, FIRST_LIMITED + 5, "strict", max_visits=5, open_without_counter=False)
    valkey_gate.shut()
    until(lambda: lonely.get("/strict", User_Agent=DESKTOP).status == 503, "the loss")
    refused = lonely.get("/strict", User_Agent=DESKTOP, Accept_Language="de")
    assert (refused.headers["Retry-After"], "nicht z\u00e4hlen" in refused.content) == ("2", True)
    assert lonely.get("/open", User_Agent=DESKTOP).status == 302
    assert "Valkey is away" in lonely.admin("/readyz")[1]
    assert lonely.metric("edge_valkey_up") == 0


def test_valkey_that_comes_back_is_asked_again(database: Database, lonely: EdgeProcess, valkey_gate: Gate) -> None:
    put(database, lonely, FIRST_LIMITED + 6, "back", max_visits=5, open_without_counter=False)
    valkey_gate.shut()
    until(lambda: lonely.get("/back", User_Agent=DESKTOP).status == 503, "the loss")
    valkey_gate.open()
    until(lambda: lonely.get("/back", User_Agent=DESKTOP).status == 302, "the return")


def test_a_page_speaks_the_visitors_language(edge: EdgeProcess) -> None:
    answer = edge.get("/nowhere", Accept_Language="de-AT,en;q=0.5")
    assert (answer.status, answer.headers["Content-Language"]) == (404, "de")
    assert "Diesen Link gibt es nicht" in answer.content


def test_a_program_is_told_of_a_password_and_a_browser_is_sent_to_its_form(
    database: Database, edge: EdgeProcess
) -> None:
    put(database, edge, 62, "secret", password=True)
    program, browser = edge.get("/secret", Accept="application/json"), edge.get("/secret", Accept="text/html")
    form = "https://portal.test/go/sho.test/secret"
    assert (program.status, json.loads(program.content)["form"]) == (401, form)
    assert (browser.status, browser.headers["Location"]) == (303, form)


@pytest.fixture
def thrifty(database: Database, tmp_path: Path) -> Iterator[EdgeProcess]:
    """An edge on which a client may ask for three unknown links a minute."""
    edge = EdgeProcess(database_url=database.url, data=tmp_path, PORTAL_UNKNOWN_LINKS_PER_MINUTE="3").start()
    yield edge
    edge.kill()


def test_whoever_guesses_is_told_to_wait_and_known_links_are_not_refused(thrifty: EdgeProcess) -> None:
    assert [thrifty.get(f"/guess-{number}").status for number in range(3)] == [404] * 3
    refused = thrifty.get("/guess-9", Accept_Language="de")
    assert (refused.status, refused.headers["Retry-After"]) == (429, "20")
    assert "Zu viele falsche Adressen" in refused.content
    assert thrifty.get("/known").status == 302
    assert thrifty.metric('edge_requests_total{kind="too_many"}') == 1
