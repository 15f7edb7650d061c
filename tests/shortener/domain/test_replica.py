"""The replica's shape: payloads, packed bytes, keys, and what a path and a Host header name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shortener.domain.redirect import LinkFacts
from shortener.domain.replica import (
    MAX_KEY_BYTES,
    STATES,
    DomainFacts,
    domain_from_payload,
    from_payload,
    host_names,
    link_key,
    pack,
    slug_key,
    slug_of_path,
    unpack,
)
from shortener.domain.rules import parse

RULES = [
    {
        "id": 3,
        "name": "B\u00fcro",
        "conditions": [
            {"type": "device", "values": ["phone"]},
            {"type": "os", "values": ["iOS"]},
            {"type": "browser", "values": ["Safari"]},
            {"type": "language", "values": ["de"]},
            {"type": "query", "name": "utm_source", "value": None},
            {"type": "address", "values": ["192.0.2.0/24", "2001:db8::/32"]},
            {"type": "country", "values": ["AT"]},
            {"type": "dates", "from": "2026-03-04T12:00:00Z", "until": None},
        ],
        "variants": [{"target": "https://e.com/a", "weight": 70}, {"target": "https://e.com/b", "weight": 30}],
    },
    {"id": 1, "name": "", "conditions": [], "target": "https://e.com/c"},
]
PARSED, ERRORS = parse(RULES)
TIMES = st.none() | st.floats(0, 1e11)
URLS = st.text(st.characters(min_codepoint=33, max_codepoint=126)).map(lambda text: f"https://e.com/{text}")


@given(
    st.builds(
        LinkFacts,
        id=st.integers(1, 2**62),
        target=URLS,
        status=st.sampled_from([301, 302, 307, 308]),
        state=st.sampled_from(STATES),
        not_before=TIMES,
        expires_at=TIMES,
        expired_target=st.none() | URLS,
        max_age=st.none() | st.integers(0, 2**31 - 1),
        forward_query=st.booleans(),
        password=st.booleans(),
        preview=st.booleans(),
        forward_path=st.booleans(),
        is_indexed=st.booleans(),
        max_visits=st.none() | st.integers(0, 2**31 - 1),
        open_without_counter=st.booleans(),
        rules=st.sampled_from([(), PARSED, PARSED[1:]]),
    )
)
def test_what_is_packed_is_unpacked(link: LinkFacts) -> None:
    assert unpack(pack(link)) == link


def test_a_payload_gives_all_facts() -> None:
    payload = {
        "id": 7,
        "target": "https://e.com/",
        "status": 301,
        "state": "disabled",
        "not_before": 1,
        "expires_at": 2.5,
        "expired_target": "https://e.com/over",
        "max_age": 60,
        "forward_query": True,
        "password": True,
        "preview": True,
        "forward_path": True,
        "is_indexed": True,
        "max_visits": 9,
        "open_without_counter": False,
        "rules": RULES,
    }
    facts = (7, "https://e.com/", 301, "disabled", 1.0, 2.5, "https://e.com/over", 60, True, True, True, True, True, 9)
    assert (from_payload(payload), ERRORS) == (LinkFacts(*facts, False, PARSED), [])


def test_a_rule_of_a_newer_portal_is_left_out() -> None:
    strange = {"id": 9, "conditions": [{"type": "mood", "values": ["merry"]}], "target": "https://e.com/d"}
    assert from_payload({"id": 7, "target": "https://e.com/", "rules": [strange, *RULES]}).rules == PARSED


def test_the_rules_of_many_links_are_parsed_once() -> None:
    packed = [pack(LinkFacts(number, "https://e.com/", rules=PARSED)) for number in (1, 2)]
    assert unpack(packed[0]).rules is unpack(packed[1]).rules


def test_a_bare_payload_is_an_active_302() -> None:
    assert from_payload({"id": 7, "target": "https://e.com/"}) == LinkFacts(7, "https://e.com/")


def test_a_state_of_a_newer_portal_counts_as_disabled() -> None:
    assert from_payload({"id": 7, "target": "https://e.com/", "state": "quarantined"}).state == "disabled"


def test_a_target_cannot_break_a_header() -> None:
    assert from_payload({"id": 7, "target": "https://e.com/\r\nSet-Cookie: a"}).target == (
        "https://e.com/%0D%0ASet-Cookie:%20a"
    )


def test_a_domain_payload_gives_all_facts() -> None:
    pages = {"unknown": {"target": "https://e.com/a b"}, "expired": {"title": "Over", "text": "", "x": "y"}, "new": {}}
    payload = {"case_sensitive": False, "root_target": "https://e.com/", "is_default": True, "pages": pages}
    domain = domain_from_payload("sho.test", payload)
    kept = {"unknown": {"target": "https://e.com/a%20b"}, "expired": {"title": "Over"}}
    assert domain == DomainFacts("sho.test", False, "https://e.com/", True, kept)
    assert [domain.page(name).get("target") for name in ("root", "unknown", "expired")] == [
        "https://e.com/",
        "https://e.com/a%20b",
        None,
    ]


@pytest.mark.parametrize(("sensitive", "key"), [(True, "AbC"), (False, "abc")])
def test_the_case_rule_is_the_domains(sensitive: bool, key: str) -> None:
    assert slug_key("AbC", case_sensitive=sensitive) == key


def test_composed_and_decomposed_slugs_are_one() -> None:
    assert slug_key("e\u0301", case_sensitive=True) == "\u00e9"


def test_keys_tell_domain_and_slug_apart() -> None:
    assert link_key("a", "bc") != link_key("ab", "c")


@given(st.text(min_size=200))
def test_a_long_slug_still_has_a_key(slug: str) -> None:
    assert len(link_key("sho.test", slug)) <= MAX_KEY_BYTES
    assert link_key("sho.test", slug) != link_key("sho.test", slug + "x")


@pytest.mark.parametrize(
    ("path", "slug"),
    [
        (b"/", ""),
        (b"/abc", "abc"),
        (b"/abc/", "abc"),
        (b"/a/b", "a/b"),
        (b"/%61bc", "abc"),
        (b"/caf%C3%A9", "caf\u00e9"),
        (b"/a%2Fb", "a/b"),
        (b"/a%252F", "a%2F"),
        (b"/a+", "a+"),
        (b"/%", None),
        (b"/%4", None),
        (b"/%zz", None),
        (b"/%00", None),
        (b"/%0d%0a", None),
        (b"/%ff", None),
        (b"/%ed%a0%80", None),
        (b"/%E2%80%AE", None),
    ],
)
def test_a_path_names_a_slug_or_is_malformed(path: bytes, slug: str | None) -> None:
    assert slug_of_path(path) == slug


@pytest.mark.parametrize(
    ("header", "names"),
    [
        (b"Sho.Test", ("sho.test", "sho.test")),
        (b"sho.test:8001", ("sho.test:8001", "sho.test")),
        (b"sho.test.", ("sho.test", "sho.test")),
        (b"sho.test.:80", ("sho.test:80", "sho.test")),
        (b"[::1]:8001", ("[::1]:8001", "[::1]")),
        (b"[::1]", ("[::1]", "[::1]")),
    ],
)
def test_a_host_is_known_with_and_without_port(header: bytes, names: tuple[str, str]) -> None:
    assert host_names(header) == names
