"""Rendered answers and what their records say."""

from shortener.domain.redirect import Answer, Kind
from shortener.domain.segments import RULE
from shortener.edge import pages
from shortener.edge.ready import KINDS, paged, redirected


def test_a_redirect_is_plain_and_a_page_is_not() -> None:
    redirect = redirected(Answer(Kind.REDIRECT, 302, "https://e.com/"))
    page = paged("unknown", pages.choices("unknown"), 5.0)
    assert (redirect.is_plain, page.is_plain, page.status, KINDS[page.kind]) == (True, False, 404, "unknown")


def test_a_password_is_asked_for_in_two_manners() -> None:
    ready = redirected(Answer(Kind.PASSWORD, 303, "https://portal.test/go/a/b"))
    assert ready.choices is not None
    assert ([one.status for one in ready.choices], ready.is_plain) == ([303, 303, 401, 401], False)


def test_the_rule_that_decided_is_recorded() -> None:
    assert redirected(Answer(Kind.REDIRECT, 302, "https://e.com/", rule=7, variant=2)).rule == RULE.pack(7, 2)
    assert redirected(Answer(Kind.REDIRECT, 302, "https://e.com/")).rule == b""


def test_names_are_cut_as_records_cut_them() -> None:
    ready = redirected(Answer(Kind.REDIRECT, 302, "https://e.com/")).named("sho.test", "\u00e9" * 2000)
    assert (ready.host_length, ready.slug_length, len(ready.names)) == (8, 1024, 1032)


def test_an_answer_may_be_for_the_same_address_as_another() -> None:
    first = redirected(Answer(Kind.REDIRECT, 302, "https://e.com/")).named("sho.test", "a")
    first.link_id = 5
    second = redirected(Answer(Kind.REDIRECT, 302, "https://e.com/2")).named_as(first)
    assert (second.link_id, second.names, second.host_length, second.slug_length) == (5, b"sho.testa", 8, 1)
