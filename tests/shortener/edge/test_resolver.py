"""Ready answers: when they are kept, and when they must not be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shortener.domain.replica import DomainFacts, link_key
from shortener.edge import resolver as answers
from shortener.edge.resolver import KINDS, Ready, Resolver
from shortener.edge.store import Generations, LinkRow, Replica, domain_rows

NOW = 1_000_000.0
HOST = b"sho.test"


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    replica = Generations(tmp_path).new()
    replica.set_meta(domains=domain_rows([("sho.test", {"is_default": True}), ("low.test", {"case_sensitive": False})]))
    store(replica, 1, "a")
    yield replica
    replica.close()


@pytest.fixture
def resolver(replica: Replica) -> Resolver:
    resolver = Resolver(portal_url="https://portal.test", link_host="127.0.0.1:8001")
    resolver.swap(replica)
    return resolver


def store(replica: Replica, link_id: int, slug: str, *, domain: str = "sho.test", **payload: object) -> set[bytes]:
    return replica.apply([link_id], [LinkRow(link_id, domain, slug, {"target": "https://e.com/", **payload})])


def kind(ready: Ready) -> str:
    return KINDS[ready.kind]


def test_a_link_is_resolved_and_kept(resolver: Resolver) -> None:
    ready = resolver.resolve(HOST, b"/a", NOW)
    assert (ready.status, ready.link_id, ready.valid_until) == (302, 1, NOW + answers.LIFETIME)
    assert resolver.entries[b"sho.test GET /a"] is ready


def test_an_answer_ends_when_the_link_does(resolver: Resolver, replica: Replica) -> None:
    resolver.changed(store(replica, 1, "a", expires_at=NOW + 2))
    assert resolver.resolve(HOST, b"/a", NOW).valid_until == NOW + 2


def test_a_change_drops_the_answer_under_each_of_its_spellings(resolver: Resolver, replica: Replica) -> None:
    for path in (b"/a", b"/%61", b"/a/"):
        resolver.resolve(HOST, path, NOW)
    resolver.changed(store(replica, 1, "a", state="banned"))
    assert not resolver.entries
    assert resolver.resolve(HOST, b"/a", NOW).status == 451


def test_a_change_leaves_other_answers_alone(resolver: Resolver, replica: Replica) -> None:
    resolver.resolve(HOST, b"/a", NOW)
    resolver.changed(store(replica, 2, "b"))
    assert list(resolver.entries) == [b"sho.test GET /a"]


def test_an_unknown_slug_is_not_kept_before_it_was_looked_up(resolver: Resolver) -> None:
    ready = resolver.resolve(HOST, b"/none", NOW)
    assert (kind(ready), ready.lookup) == ("unknown", ("sho.test", "none", False))
    assert not resolver.entries


def test_kept_unknowns_are_dropped_on_any_doubt(resolver: Resolver) -> None:
    resolver.resolve(HOST, b"/a", NOW)
    resolver.keep(HOST, b"/none", resolver.resolve(HOST, b"/none", NOW))
    resolver.drop_negatives()
    assert list(resolver.entries) == [b"sho.test GET /a"]


def test_every_change_begins_an_epoch(resolver: Resolver) -> None:
    before = resolver.epoch
    resolver.changed([])
    resolver.drop_negatives()
    assert resolver.epoch == before + 2


def test_the_least_recently_used_answer_makes_room(resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "CAPACITY", 2)
    for path in (b"/a", b"/a/", b"/%61"):
        resolver.resolve(HOST, path, NOW)
    assert list(resolver.entries) == [b"sho.test GET /a/", b"sho.test GET /%61"]
    resolver.changed([link_key("sho.test", "a")])
    assert not resolver.entries


def guess(resolver: Resolver, number: int, now: float = NOW) -> None:
    path = b"/guess-%d" % number
    resolver.keep(HOST, path, resolver.resolve(HOST, path, now))


def test_whoever_guesses_slugs_drives_no_answer_out(resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_NEGATIVES", 3)
    monkeypatch.setattr(answers, "CAPACITY", 5)
    resolver.resolve(HOST, b"/a", NOW)
    for number in range(20):
        guess(resolver, number)
    assert next(iter(resolver.entries)) == b"sho.test GET /a"
    assert len(resolver.entries) == 4


def test_unknowns_of_a_while_ago_make_room_for_others(resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_NEGATIVES", 2)
    for number in range(5):
        guess(resolver, number, NOW + number)
    assert b"sho.test GET /guess-4" in resolver.entries


def test_each_unknown_slug_has_its_own_name(resolver: Resolver) -> None:
    first, second = (resolver.resolve(HOST, b"/" + slug, NOW) for slug in (b"one", b"other"))
    assert (first.names, second.names) == (b"sho.testone", b"sho.testother")
    assert [one.slug_length for one in (first, second)] == [3, 5]
    assert first.body is second.body


def test_a_copy_is_the_same_answer(resolver: Resolver) -> None:
    ready = resolver.answer("sho.test", "none", None, NOW)
    kept = set(Ready.__slots__) - {"key", "names"}
    assert {name: getattr(ready.copy(), name) for name in kept} == {name: getattr(ready, name) for name in kept}


def test_hosts_are_remembered_until_the_domains_change(resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_HOSTS", 2)
    for host in (b"a.test", b"b.test", b"c.test", HOST):
        assert resolver.resolve(host, b"/a", NOW).status == (302 if host == HOST else 404)
    resolver.set_domains([DomainFacts("c.test")])
    assert resolver.resolve(b"c.test", b"/a", NOW).lookup == ("c.test", "a", False)


def test_case_is_the_domains_matter(resolver: Resolver, replica: Replica) -> None:
    resolver.changed(store(replica, 2, "b", domain="low.test"))
    assert resolver.resolve(b"low.test", b"/B", NOW).status == 302
    assert resolver.resolve(HOST, b"/A", NOW).status == 404


@pytest.mark.parametrize("host", [b"sho.test", b"SHO.test", b"sho.test.", b"sho.test:8001", b"127.0.0.1:8001"])
def test_which_hosts_are_served(resolver: Resolver, host: bytes) -> None:
    assert resolver.resolve(host, b"/a", NOW).status == 302


def test_another_host_is_unknown_and_recorded_as_no_links_visit(resolver: Resolver) -> None:
    ready = resolver.resolve(b"evil.test", b"/a", NOW)
    assert (ready.status, kind(ready), ready.link_id, ready.names) == (404, "unknown_host", 0, b"evil.test")


@pytest.mark.parametrize(
    ("path", "name", "status"),
    [
        (b"/", "root", 200),
        (b"/robots.txt", "document", 200),
        (b"/favicon.ico", "document", 200),
        (b"/%zz", "bad_path", 400),
        (b"/a+", "portal", 303),
    ],
)
def test_paths_that_are_no_plain_slug(resolver: Resolver, path: bytes, name: str, status: int) -> None:
    ready = resolver.resolve(HOST, path, NOW)
    assert (kind(ready), ready.status) == (name, status)


def test_a_root_may_lead_somewhere(resolver: Resolver) -> None:
    resolver.set_domains([DomainFacts("sho.test", root_target="https://e.com/home")])
    assert b"Location: https://e.com/home\r\n" in resolver.resolve(HOST, b"/", NOW).headers


def test_a_query_is_forwarded_for_one_request_only(resolver: Resolver, replica: Replica) -> None:
    resolver.changed(store(replica, 1, "a", forward_query=True))
    ready = resolver.resolve(HOST, b"/a", NOW)
    special = resolver.forwarded(ready, b"utm=1", NOW)
    assert b"Location: https://e.com/?utm=1\r\n" in special.headers
    assert (special.link_id, special.names) == (ready.link_id, ready.names)
    assert list(resolver.entries.values()) == [ready]


def test_facts_from_postgresql_are_kept_briefly(resolver: Resolver, replica: Replica) -> None:
    facts = replica.find(link_key("sho.test", "a"))
    ready = resolver.answer("sho.test", "a", facts, NOW, fresh=True)
    assert ready.valid_until == NOW + answers.FRESH_LIFETIME


def test_without_a_replica_everything_is_unavailable(tmp_path: Path) -> None:
    ready = Resolver(portal_url="", link_host="").resolve(HOST, b"/a", NOW)
    assert (ready.status, ready.valid_until) == (503, NOW)


def test_a_replica_that_cannot_be_read_is_given_up(resolver: Resolver, tmp_path: Path) -> None:
    told: list[bool] = []
    broken = Generations(tmp_path / "other").new()
    broken.set_meta(domains=domain_rows([("sho.test", {})]))
    resolver.replica = None
    resolver.swap(broken)
    resolver.on_broken = lambda: told.append(True)
    broken.close()
    assert resolver.resolve(HOST, b"/a", NOW).status == 503
    assert told == [True]
