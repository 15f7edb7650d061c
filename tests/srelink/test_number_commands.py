from datetime import UTC, datetime
from typing import Any

import pytest

from portal.srelink import number_commands
from portal.srelink.failures import Failure
from shortener.models import ClickDay
from tests.factories.shortener import DomainFactory, LinkFactory

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.fixture
def link(team: Any) -> Any:
    return LinkFactory(team=team, slug="abc", domain=DomainFactory(is_default=True, name="localhost"))


@pytest.mark.parametrize(
    ("span", "start"), [("24h", "2026-03-03T12:00:00Z"), ("7d", "2026-02-25T12:00:00Z"), ("1w", "2026-02-25T12:00:00Z")]
)
def test_a_span_ends_now(span: str, start: str) -> None:
    assert number_commands.span_start(span, NOW) == start


@pytest.mark.parametrize("span", ["", "7", "d", "-1d", "99999w", "\u0667d"])
def test_a_span_that_is_none_is_refused(span: str) -> None:
    with pytest.raises(Failure):
        number_commands.span_start(span, NOW)


def test_stats_draw_a_bar_per_bucket(srelink: Any, link: Any) -> None:
    ClickDay.objects.create(link_id=link.pk, day="2026-03-02", people=4, bots=1)
    ended = srelink(
        "stats", "abc", "--from", "2026-03-01T00:00:00Z", "--until", "2026-03-04T00:00:00Z", "--step", "day"
    )
    assert "http://localhost:8001/abc: 4 clicks by people, 1 by bots" in ended.out
    assert f"2026-03-02        4  {'█' * 30}" in ended.out


def test_stats_are_json_where_json_is_asked_for(srelink: Any, link: Any) -> None:
    assert srelink("stats", "abc", "--json").json["total"] == 0


def test_a_time_that_is_none_is_named(srelink: Any, link: Any) -> None:
    ended = srelink("stats", "abc", "--from", "yesterday")
    assert ended.code == 1
    assert "start:" in ended.err


def test_qr_is_drawn_in_the_terminal(srelink: Any, link: Any) -> None:
    ended = srelink("qr", "abc")
    assert ended.code == 0
    assert "▀" in ended.out
    assert ended.out.endswith("http://localhost:8001/abc\n")


@pytest.mark.parametrize(("name", "start"), [("code.svg", b"<?xml"), ("code.png", b"\x89PNG")])
def test_qr_is_written_into_a_file(name: str, start: bytes, srelink: Any, link: Any) -> None:
    assert srelink("qr", "abc", "-o", name).code == 0
    assert (srelink.folder / name).read_bytes().startswith(start)


def test_qr_into_another_kind_of_file_is_no_sense(srelink: Any, link: Any) -> None:
    assert srelink("qr", "abc", "-o", "code.gif").code == 2
