from typing import Any

import pytest

from shortener.models import Link
from tests.factories.shortener import DomainFactory, LinkFactory


def test_create_prints_the_short_address_alone(srelink: Any) -> None:
    ended = srelink("create", "https://example.org", "--slug", "abc", "--tag", "mail", "--max-visits", "3")
    assert (ended.code, ended.out, ended.err) == (0, "http://localhost:8001/abc\n", "")
    link = Link.objects.get()
    assert (link.target, link.tags, link.max_visits) == ("https://example.org/", ["mail"], 3)


def test_create_names_every_field_that_is_wrong(srelink: Any) -> None:
    ended = srelink("create", "ftp://x", "--slug", "a b")
    assert (ended.code, ended.out) == (1, "")
    assert "target: Only http:// and https://" in ended.err
    assert "slug: Use ASCII letters" in ended.err


def test_a_taken_slug_comes_with_a_suggestion(srelink: Any) -> None:
    srelink("create", "https://example.org", "--slug", "abc")
    ended = srelink("create", "https://example.org/other", "--slug", "abc")
    assert ended.code == 1
    assert '"abc-2" is free' in ended.err


def test_errors_are_json_where_json_is_asked_for(srelink: Any) -> None:
    ended = srelink("create", "ftp://x", "--json")
    assert '"errors"' in ended.err
    assert ended.out == ""


def test_list_shows_a_table_and_json(srelink: Any, team: Any) -> None:
    LinkFactory.create_batch(3, team=team, domain=DomainFactory(is_default=True, name="localhost"))
    table = srelink("list").out.splitlines()
    assert table[0].split()[:2] == ["SHORT", "LINK"]
    assert len(table) == 4
    assert len(srelink("list", "--json", "--limit", "2").json) == 2


def test_list_goes_through_all_pages(srelink: Any, team: Any) -> None:
    LinkFactory.create_batch(130, team=team, domain=DomainFactory())
    assert len(srelink("list", "--all", "--json").json) == 130
    assert len(srelink("list", "--limit", "120", "--json").json) == 120


def test_list_is_narrowed(srelink: Any, team: Any) -> None:
    LinkFactory(team=team, tags=["mail"])
    assert srelink("list", "--tag", "nothing").out == "No link matches.\n"
    assert len(srelink("list", "--tag", "mail", "--json").json) == 1


@pytest.mark.parametrize("name", ["abc", "localhost/abc", "http://localhost:8001/abc", "{id}"])
def test_a_link_is_found_however_it_is_named(name: str, srelink: Any, team: Any) -> None:
    link = LinkFactory(team=team, slug="abc", domain=DomainFactory(is_default=True, name="localhost"))
    ended = srelink("show", name.format(id=link.public_id), "--json")
    assert ended.json["id"] == link.public_id


def test_show_never_lets_a_title_command_the_terminal(srelink: Any, team: Any) -> None:
    LinkFactory(team=team, slug="abc", title="\x1b[31mred\x1b[0m", domain=DomainFactory(is_default=True))
    assert "\x1b" not in srelink("show", "abc").out


def test_update_changes_and_clears(srelink: Any, team: Any) -> None:
    link = LinkFactory(team=team, slug="abc", title="Old", notes="Gone", domain=DomainFactory(is_default=True))
    assert srelink("update", "abc", "--title", "New", "--clear", "notes", "--forward-query").code == 0
    link.refresh_from_db()
    assert (link.title, link.notes, link.forward_query) == ("New", "", True)


def test_update_of_nothing_is_no_sense(srelink: Any) -> None:
    assert srelink("update", "abc").code == 2


def test_a_password_is_read_from_the_standard_input(srelink: Any, team: Any) -> None:
    assert srelink("create", "https://example.org", "--password", "-", typed="open sesame\n").code == 0
    assert Link.objects.get().password_hash


def test_a_link_is_switched_off_and_on(srelink: Any, team: Any) -> None:
    link = LinkFactory(team=team, slug="abc", domain=DomainFactory(is_default=True))
    assert srelink("disable", "abc", "--json").json["state"] == "disabled"
    assert srelink("enable", link.public_id, "--json").json["state"] == "active"


def test_delete_asks_first(srelink: Any, team: Any) -> None:
    LinkFactory(team=team, slug="abc", domain=DomainFactory(is_default=True))
    assert srelink("delete", "abc").code == 2
    assert srelink("delete", "abc", "--yes").code == 0
    assert srelink("show", "abc").code == 3
