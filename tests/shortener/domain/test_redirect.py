"""The decision for every kind of link, at the edges of its times."""

from math import inf

import pytest

from shortener.domain.redirect import (
    DEFAULT_MAX_AGE,
    NO_STORE,
    Claim,
    Kind,
    LinkFacts,
    RequestFacts,
    decide,
    max_age,
)
from shortener.domain.rules import parse
from shortener.domain.visitors import Visitor

NOW = 1_000_000.0
LINK = LinkFacts(id=1, target="https://example.com/a")
REQUEST = RequestFacts(domain="sho.test", slug="a", portal_url="https://portal.test")


def test_a_link_redirects_by_302_that_nobody_may_store() -> None:
    answer = decide(LINK, REQUEST, NOW)
    assert (answer.kind, answer.status, answer.location) == (Kind.REDIRECT, 302, LINK.target)
    assert answer.cache_control == "private, no-store"
    assert answer.is_click


@pytest.mark.parametrize("status", [301, 307, 308])
def test_a_lasting_redirect_names_its_age(status: int) -> None:
    answer = decide(LINK._replace(status=status, max_age=60), REQUEST, NOW)
    assert (answer.status, answer.cache_control) == (status, "private, max-age=60")


def test_a_lasting_redirect_without_age_is_not_for_ever() -> None:
    assert decide(LINK._replace(status=301), REQUEST, NOW).cache_control == f"private, max-age={DEFAULT_MAX_AGE}"


def test_a_status_that_is_no_redirect_becomes_302() -> None:
    assert decide(LINK._replace(status=200), REQUEST, NOW).status == 302


@pytest.mark.parametrize(
    ("state", "kind", "status"),
    [
        ("deleted", Kind.DELETED, 404),
        ("banned", Kind.BANNED, 451),
        ("disabled", Kind.DISABLED, 410),
        ("something new", Kind.DISABLED, 410),
    ],
)
def test_a_link_that_is_not_active_leads_nowhere(state: str, kind: Kind, status: int) -> None:
    answer = decide(LINK._replace(state=state), REQUEST, NOW)
    assert (answer.kind, answer.status, answer.location, answer.is_click) == (kind, status, None, False)


def test_an_unknown_link_is_404() -> None:
    assert decide(None, REQUEST, NOW).status == 404


def test_a_ban_outweighs_expiry_and_password() -> None:
    link = LINK._replace(state="banned", expires_at=NOW - 1, password=True)
    assert decide(link, REQUEST, NOW).status == 451


@pytest.mark.parametrize(("now", "status"), [(NOW - 0.001, 404), (NOW, 302)])
def test_a_link_opens_at_its_beginning(now: float, status: int) -> None:
    assert decide(LINK._replace(not_before=NOW), REQUEST, now).status == status


def test_not_yet_open_is_said_until_it_opens() -> None:
    answer = decide(LINK._replace(not_before=NOW), REQUEST, NOW - 5)
    assert (answer.kind, answer.valid_until) == (Kind.NOT_YET, NOW)


@pytest.mark.parametrize(("now", "status"), [(NOW - 0.001, 302), (NOW, 410)])
def test_a_link_closes_at_its_expiry(now: float, status: int) -> None:
    assert decide(LINK._replace(expires_at=NOW), REQUEST, now).status == status


def test_a_redirect_is_valid_until_the_expiry() -> None:
    assert decide(LINK._replace(expires_at=NOW), REQUEST, NOW - 5).valid_until == NOW


def test_an_expired_link_may_lead_elsewhere() -> None:
    link = LINK._replace(expires_at=NOW, expired_target="https://example.com/over", status=301)
    answer = decide(link, REQUEST, NOW)
    assert (answer.status, answer.location) == (302, "https://example.com/over")
    assert answer.cache_control == "private, no-store"


def test_a_browser_keeps_no_redirect_longer_than_the_link_lives() -> None:
    link = LINK._replace(status=301, max_age=600, expires_at=NOW + 90.5)
    answer = decide(link, REQUEST, NOW)
    assert answer.cache_control == "private, max-age=90"
    assert answer.valid_until == NOW + 1


@pytest.mark.parametrize(
    ("link", "kind"), [(LINK._replace(password=True), Kind.PASSWORD), (LINK._replace(preview=True), Kind.PORTAL)]
)
def test_a_link_that_needs_a_page_goes_to_the_portal(link: LinkFacts, kind: Kind) -> None:
    answer = decide(link, REQUEST, NOW)
    assert (answer.kind, answer.status, answer.is_click) == (kind, 303, False)
    assert answer.location == "https://portal.test/go/sho.test/a"


def test_the_password_is_asked_for_before_the_preview_is_shown() -> None:
    link = LINK._replace(password=True, preview=True)
    kinds = [
        decide(link, request, NOW).kind
        for request in (REQUEST, REQUEST._replace(is_admitted=True), REQUEST._replace(is_admitted=True, is_shown=True))
    ]
    assert kinds == [Kind.PASSWORD, Kind.PORTAL, Kind.REDIRECT]


def test_a_plus_asks_for_the_preview() -> None:
    answer = decide(LINK, REQUEST._replace(preview=True), NOW)
    assert answer.location == "https://portal.test/go/sho.test/a+"


def test_a_head_is_redirected_but_is_no_click() -> None:
    answer = decide(LINK, REQUEST._replace(method="HEAD"), NOW)
    assert (answer.status, answer.is_click) == (302, False)


def test_a_query_is_forwarded_only_if_the_link_says_so() -> None:
    request = REQUEST._replace(query="utm=1")
    assert decide(LINK, request, NOW).location == LINK.target
    assert decide(LINK._replace(forward_query=True), request, NOW).location == f"{LINK.target}?utm=1"


@pytest.mark.parametrize(
    ("age", "expires_at", "seconds"), [(None, None, 3600), (0, None, 0), (9, NOW + 3, 3), (9, NOW, 0)]
)
def test_max_age(age: int | None, expires_at: float | None, seconds: int) -> None:
    assert max_age(LINK._replace(max_age=age), NOW, inf if expires_at is None else expires_at) == seconds


def test_a_path_is_forwarded_only_if_the_link_says_so() -> None:
    request = REQUEST._replace(rest="b/c")
    assert decide(LINK, request, NOW).kind is Kind.UNKNOWN
    assert decide(LINK._replace(forward_path=True), request, NOW).location == f"{LINK.target}/b/c"


def test_a_path_that_was_refused_names_no_link() -> None:
    assert decide(LINK._replace(forward_path=True), REQUEST._replace(rest=None), NOW).kind is Kind.UNKNOWN


def test_path_and_query_go_to_the_portal_where_they_matter() -> None:
    link = LINK._replace(password=True, forward_path=True, forward_query=True)
    answer = decide(link, REQUEST._replace(rest="b", query="x=1"), NOW)
    assert answer.location == "https://portal.test/go/sho.test/a/b?x=1"


@pytest.mark.parametrize(
    ("claim", "is_open", "kind", "status"),
    [
        (None, True, Kind.REDIRECT, 302),
        (Claim.GRANTED, False, Kind.REDIRECT, 302),
        (Claim.REFUSED, True, Kind.USED_UP, 410),
        (Claim.AWAY, True, Kind.REDIRECT, 302),
        (Claim.AWAY, False, Kind.UNCOUNTED, 503),
    ],
)
def test_a_limit_is_as_its_counter_says(claim: Claim | None, is_open: bool, kind: Kind, status: int) -> None:
    link = LINK._replace(max_visits=3, open_without_counter=is_open)
    answer = decide(link, REQUEST._replace(claim=claim), NOW)
    assert (answer.kind, answer.status) == (kind, status)


def test_a_link_without_limit_asks_no_counter() -> None:
    assert decide(LINK, REQUEST._replace(claim=Claim.REFUSED), NOW).kind is Kind.REDIRECT


@pytest.mark.parametrize("link", [LINK._replace(max_visits=3), LINK._replace(password=True)])
def test_what_each_visit_must_ask_for_no_browser_keeps(link: LinkFacts) -> None:
    answer = decide(link._replace(status=301), REQUEST._replace(is_admitted=True), NOW)
    assert (answer.status, answer.cache_control) == (301, NO_STORE)


RULES = parse(
    [
        {"id": 4, "conditions": [{"type": "query", "name": "vip", "value": None}], "target": "https://e.com/vip"},
        {
            "id": 2,
            "conditions": [{"type": "dates", "from": "1970-01-12T13:46:50Z", "until": None}],
            "variants": [{"target": "https://e.com/x", "weight": 1}, {"target": "https://e.com/y", "weight": 1}],
        },
    ]
)[0]
RULED = LINK._replace(rules=RULES, forward_query=True, forward_path=True)
ASKED = REQUEST._replace(visitor=Visitor("agent", "192.0.2.1"))


def test_the_first_rule_that_holds_decides_and_is_named() -> None:
    answer = decide(RULED, ASKED._replace(query="vip=1", rest="b"), NOW)
    assert (answer.location, answer.rule, answer.variant) == ("https://e.com/vip/b?vip=1", 4, 0)


def test_a_split_names_its_variant() -> None:
    answer = decide(RULED, ASKED, NOW + 10)
    assert (answer.location, answer.rule, answer.variant) in {("https://e.com/x", 2, 1), ("https://e.com/y", 2, 2)}


def test_no_rule_leaves_the_links_own_target_until_one_begins() -> None:
    answer = decide(RULED, ASKED, NOW)
    assert (answer.location, answer.rule, answer.valid_until) == (LINK.target, 0, NOW + 10)


def test_a_browser_keeps_no_redirect_beyond_a_rules_date() -> None:
    assert decide(RULED._replace(status=301), ASKED, NOW).cache_control == "private, max-age=10"


def test_rules_are_not_asked_of_a_link_that_is_closed() -> None:
    assert decide(RULED._replace(state="disabled"), ASKED, NOW).rule == 0


def test_a_link_is_indexed_only_if_it_says_so() -> None:
    assert [decide(LINK._replace(is_indexed=one), REQUEST, NOW).is_indexed for one in (False, True)] == [False, True]
