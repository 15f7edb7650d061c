"""Ready answers: when they are kept, and when they must not be."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shortener.domain.replica import DomainFacts, link_key
from shortener.edge import resolver as answers
from shortener.edge.generations import Generations
from shortener.edge.ready import KINDS, Ready, Wanted
from shortener.edge.resolver import Resolver
from shortener.edge.store import LinkRow, Replica, domain_rows

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


def test_an_answer_whose_link_is_the_same_lives_on(resolver: Resolver) -> None:
    ready = resolver.resolve(HOST, b"/a", NOW)
    assert resolver.renew(ready, NOW + answers.LIFETIME)
    assert ready.valid_until == NOW + 2 * answers.LIFETIME


@pytest.mark.parametrize("payload", [{"state": "banned"}, {"target": "https://e.com/other"}, {"expires_at": NOW + 9}])
def test_an_answer_whose_link_has_changed_is_not_renewed(
    resolver: Resolver, replica: Replica, payload: dict[str, Any]
) -> None:
    ready = resolver.resolve(HOST, b"/a", NOW)
    store(replica, 1, "a", **payload)
    replica.refresh()
    assert not resolver.renew(ready, NOW + answers.LIFETIME)


def test_an_answer_is_not_renewed_beyond_its_decision(resolver: Resolver, replica: Replica) -> None:
    resolver.changed(store(replica, 1, "a", expires_at=NOW + 7))
    ready = resolver.resolve(HOST, b"/a", NOW)
    assert resolver.renew(ready, NOW + 6)
    assert ready.valid_until == NOW + 7
    assert not resolver.renew(ready, NOW + 7)


def test_an_age_that_shrinks_is_never_renewed(resolver: Resolver, replica: Replica) -> None:
    resolver.changed(store(replica, 1, "a", status=308, expires_at=NOW + 300))
    ready = resolver.resolve(HOST, b"/a", NOW)
    assert ready.valid_until == NOW + 1
    assert not resolver.renew(ready, NOW + 1)


@pytest.mark.parametrize(
    ("payload", "path"),
    [({"forward_path": True}, b"/a/b"), ({}, b"/a+"), ({"rules": [{"id": 1, "target": "https://e.com/r"}]}, b"/a")],
)
def test_answers_that_more_than_the_link_decides_are_never_renewed(
    resolver: Resolver, replica: Replica, payload: dict[str, Any], path: bytes
) -> None:
    resolver.changed(store(replica, 1, "a", **payload))
    assert not resolver.renew(resolver.resolve(HOST, path, NOW), NOW + answers.LIFETIME)
    assert not resolver.renew(resolver.resolve(HOST, b"/none", NOW), NOW + answers.LIFETIME)


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
    assert (kind(ready), ready.lookup) == ("unknown", Wanted("sho.test", "none"))
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
    ready = resolver.resolve(HOST, b"/none", NOW)
    kept = set(Ready.__slots__) - {"key", "names", "lookup"}
    assert {name: getattr(ready.copy(), name) for name in kept} == {name: getattr(ready, name) for name in kept}


def test_hosts_are_remembered_until_the_domains_change(resolver: Resolver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_HOSTS", 2)
    for host in (b"a.test", b"b.test", b"c.test", HOST):
        assert resolver.resolve(host, b"/a", NOW).status == (302 if host == HOST else 404)
    resolver.set_domains([DomainFacts("c.test")])
    assert resolver.resolve(b"c.test", b"/a", NOW).lookup == Wanted("c.test", "a")


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
        (b"/a/b", "unknown", 404),
        (b"/none/b", "unknown", 404),
    ],
)
def test_paths_that_are_no_plain_slug(resolver: Resolver, path: bytes, name: str, status: int) -> None:
    ready = resolver.resolve(HOST, path, NOW)
    assert (kind(ready), ready.status) == (name, status)


def test_a_root_may_lead_somewhere(resolver: Resolver) -> None:
    resolver.set_domains([DomainFacts("sho.test", root_target="https://e.com/home")])
    assert b"Location: https://e.com/home\r\n" in resolver.resolve(HOST, b"/", NOW).headers


def test_a_path_is_forwarded_where_the_link_says_so(resolver: Resolver, replica: Replica) -> None:
    resolver.changed(store(replica, 1, "a", forward_path=True))
    ready = resolver.resolve(HOST, b"/a/b/%C3%A9/", NOW)
    assert b"Location: https://e.com/b/%C3%A9/\r\n" in ready.headers
    assert (ready.link_id, ready.names, ready.is_plain) == (1, b"sho.testa", True)


def test_a_path_that_climbs_names_no_link(resolver: Resolver, replica: Replica) -> None:
    resolver.changed(store(replica, 1, "a", forward_path=True))
    ready = resolver.resolve(HOST, b"/a/%2e%2e/b", NOW)
    assert (kind(ready), ready.link_id, ready.is_miss) == ("unknown", 0, True)


def test_a_change_drops_the_answers_of_its_paths(resolver: Resolver, replica: Replica) -> None:
    resolver.changed(store(replica, 1, "a", forward_path=True))
    resolver.resolve(HOST, b"/a/b", NOW)
    resolver.changed(store(replica, 1, "a", forward_path=False))
    assert resolver.resolve(HOST, b"/a/b", NOW).status == 404


def test_an_unknown_path_is_looked_up_by_its_first_segment_and_recorded_whole(resolver: Resolver) -> None:
    ready = resolver.resolve(HOST, b"/none/b", NOW)
    assert (ready.lookup, ready.names) == (Wanted("sho.test", "none", "b"), b"sho.testnone/b")


@pytest.mark.parametrize(
    ("payload", "is_plain", "is_personal", "forwards"),
    [
        ({}, True, False, False),
        ({"forward_query": True}, True, False, True),
        ({"max_visits": 3}, False, True, False),
        ({"rules": [{"id": 1, "conditions": [], "target": "https://e.com/1"}]}, False, True, False),
        ({"password": True}, False, False, False),
        ({"password": True, "forward_query": True}, False, False, True),
        ({"state": "banned", "max_visits": 3}, False, False, False),
    ],
)
def test_what_must_be_decided_for_each_visitor(
    resolver: Resolver, replica: Replica, payload: dict[str, Any], is_plain: bool, is_personal: bool, forwards: bool
) -> None:
    resolver.changed(store(replica, 1, "a", **payload))
    ready = resolver.resolve(HOST, b"/a", NOW)
    assert (ready.is_plain, ready.is_personal, ready.forwards) == (is_plain, is_personal, forwards)


def test_search_engines_are_told_to_leave_a_link_out_unless_it_says_so(resolver: Resolver, replica: Replica) -> None:
    assert b"X-Robots-Tag: noindex\r\n" in resolver.resolve(HOST, b"/a", NOW).headers
    resolver.changed(store(replica, 1, "a", is_indexed=True))
    assert b"X-Robots-Tag" not in resolver.resolve(HOST, b"/a", NOW).headers


OWN = {"unknown": {"title": "Lost <b>", "text": "Go home"}, "expired": {"target": "https://e.com/over"}}


def test_a_domain_has_pages_of_its_own(resolver: Resolver, replica: Replica) -> None:
    resolver.set_domains([DomainFacts("sho.test", pages={**OWN, "root": {"title": "Hello", "text": ""}})])
    resolver.changed(store(replica, 1, "a", expires_at=NOW))
    unknown, root, expired = (resolver.resolve(HOST, path, NOW) for path in (b"/none", b"/", b"/a"))
    assert b'<h1 lang="">Lost &lt;b&gt;</h1><p lang="">Go home</p>' in unknown.body
    assert (unknown.status, root.status, b"Hello" in root.body) == (404, 200, True)
    assert (expired.status, kind(expired), expired.link_id) == (302, "expired", 1)
    assert b"Location: https://e.com/over\r\n" in expired.headers


def test_the_links_own_end_goes_before_the_domains_page(resolver: Resolver, replica: Replica) -> None:
    resolver.set_domains([DomainFacts("sho.test", pages=OWN)])
    resolver.changed(store(replica, 1, "a", expires_at=NOW, expired_target="https://e.com/mine"))
    assert b"Location: https://e.com/mine\r\n" in resolver.resolve(HOST, b"/a", NOW).headers


def test_facts_from_postgresql_are_kept_briefly(resolver: Resolver, replica: Replica) -> None:
    facts = replica.find(link_key("sho.test", "a"))
    assert facts is not None
    ready = resolver.answer(Wanted("sho.test", "a"), facts, NOW, fresh=True)
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
