import zlib
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from shortener.domain.segments import BODY, PREFIX, encode
from shortener.models import (
    ClickDay,
    ClickFacet,
    ClickHour,
    DrainDay,
    EdgeCursor,
    LinkTotal,
    MinuteOutcome,
    OrphanDay,
    Segment,
)
from shortener.services import clicklog, clicks
from tests.factories.shortener import GOOGLEBOT, NOON, click, ship

pytestmark = pytest.mark.django_db


def log_rows(columns: str = "link_id") -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM shortener_click ORDER BY at")
        return list(cursor.fetchall())


def test_a_run_is_counted_everywhere_and_deleted(now: datetime) -> None:
    ship(click(7), click(7, user_agent=GOOGLEBOT), click(8))
    drained = clicks.drain(now=now)
    assert (drained.records, drained.clicks) == (3, 3)
    assert list(ClickHour.objects.order_by("link_id").values_list("people", "bots")) == [(1, 1), (1, 0)]
    assert list(ClickDay.objects.order_by("link_id").values_list("people", "bots")) == [(1, 1), (1, 0)]
    assert LinkTotal.objects.get(link_id=7).last_click_at == NOON
    assert len(log_rows()) == 3
    assert not Segment.objects.exists()


def test_a_run_that_was_shipped_again_is_dropped(now: datetime) -> None:
    ship(click(7))
    clicks.drain(now=now)
    ship(click(7))
    assert clicks.drain(now=now).repeats == 1
    assert (LinkTotal.objects.get(link_id=7).people, Segment.objects.count()) == (1, 0)


def test_a_segment_has_one_cursor_that_moves_with_its_runs(now: datetime) -> None:
    last = ship(click(7), offset=500)
    ship(click(7), offset=64)
    clicks.drain(now=now)
    cursor = EdgeCursor.objects.get()
    assert (cursor.edge, cursor.number, cursor.counted_to) == ("edge-a", 1, 500 + len(last.body))
    assert LinkTotal.objects.get(link_id=7).people == 2


def test_a_run_that_begins_before_its_cursor_counts_from_there_on(now: datetime) -> None:
    ship(click(7), click(7))
    clicks.drain(now=now)
    ship(click(7), click(7), click(7))
    assert (clicks.drain(now=now).clicks, LinkTotal.objects.get(link_id=7).people) == (1, 3)


def test_what_the_portal_delivers_in_one_piece_needs_no_cursor(now: datetime) -> None:
    for _ in range(2):
        ship(click(7), edge="portal", offset=0)
        assert clicks.drain(now=now).clicks == 1
    assert not EdgeCursor.objects.exists()


def test_an_older_segment_that_arrives_late_is_counted(now: datetime) -> None:
    ship(click(7), number=2)
    clicks.drain(now=now)
    ship(click(7), number=1)
    assert clicks.drain(now=now).clicks == 1


def test_edges_keep_cursors_of_their_own(now: datetime) -> None:
    ship(click(7), edge="edge-a")
    ship(click(7), edge="edge-b")
    assert clicks.drain(now=now).clicks == 2
    assert EdgeCursor.objects.count() == 2


def test_later_runs_add_to_what_is_there(now: datetime) -> None:
    for number in (1, 2):
        ship(click(7), number=number)
        clicks.drain(now=now)
    assert ClickHour.objects.get(link_id=7).people == 2
    assert MinuteOutcome.objects.get().total == 2


def test_outcomes_count_every_answer_in_its_minute(now: datetime) -> None:
    ship(click(7), click(7, good=False), click(7, method="HEAD"), click(7, at=NOON + timedelta(minutes=1)))
    clicks.drain(now=now)
    rows = MinuteOutcome.objects.order_by("minute").values_list("good", "total")
    assert list(rows) == [(2, 3), (1, 1)]


@pytest.mark.parametrize("facts", [{"method": "HEAD"}, {"method": "PREFETCH"}, {"status": 410}, {"status": 303}])
def test_what_follows_no_link_is_no_click(facts: dict[str, Any], now: datetime) -> None:
    ship(click(7, **facts))
    assert clicks.drain(now=now).clicks == 0
    assert DrainDay.objects.get().others == 1


def test_visits_of_no_link_are_counted_by_address(now: datetime) -> None:
    ship(*[click(0, status=404, host="go.exam\0ple.com", slug="no\0thing")] * 2)
    clicks.drain(now=now)
    orphan = OrphanDay.objects.get()
    assert (orphan.host, orphan.slug, orphan.visits) == ("go.exam?ple.com", "no?thing", 2)


def test_the_log_keeps_no_address_and_no_user_agent(now: datetime) -> None:
    ship(click(7, address="198.51.100.7"))
    clicks.drain(now=now)
    [row] = log_rows("network, shortener_click::text")
    assert row[0] == "198.51.100.0/24"
    assert "198.51.100.7" not in row[1]
    assert "Mozilla" not in row[1]


def test_the_same_visitor_has_one_mark_a_day_and_another_the_next(now: datetime) -> None:
    ship(click(7), click(8), click(7, at=NOON + timedelta(days=1)))
    clicks.drain(now=now)
    marks = [bytes(mark) for (mark,) in log_rows("visitor")]
    assert marks[0] == marks[1] != marks[2]


def test_clicks_of_any_day_are_stored(now: datetime) -> None:
    ship(click(7, at=NOON - timedelta(days=300)), click(7, at=NOON + timedelta(hours=20)))
    clicks.drain(now=now)
    assert len(log_rows()) == 2


def test_a_clock_that_is_plainly_wrong_gives_way_to_the_arrival(now: datetime) -> None:
    ship(click(7, at=datetime.fromisoformat("1971-01-01T00:00:00+00:00")))
    clicks.drain(now=now)
    assert log_rows("at") == [(NOON,)]


def test_hostile_texts_are_stored_as_they_can_be(now: datetime) -> None:
    ship(click(7, referrer="https://a\\b\t.example/\n", user_agent="x\\\t\ny\x00", language="\\N", address="\\."))
    clicks.drain(now=now)
    assert log_rows("network, language") == [("", "")]


def test_a_torn_record_ends_its_run_and_is_counted(now: datetime) -> None:
    whole = encode(click(7))
    Segment.objects.create(edge="edge-a", number=1, offset=64, body=whole + whole[:10], received_at=NOON)
    clicks.drain(now=now)
    assert list(DrainDay.objects.values_list("clicks", "torn_bytes")) == [(1, 10)]


def test_a_record_of_a_method_that_nobody_knows_is_no_click_and_holds_up_nothing(now: datetime) -> None:
    body = bytearray(BODY.pack(0, 7, 302, 99, 1, *[0] * 6))
    record = PREFIX.pack(len(body), zlib.crc32(body)) + body
    Segment.objects.create(edge="edge-a", number=1, offset=64, body=record + encode(click(7)), received_at=NOON)
    assert clicks.drain(now=now).clicks == 1
    assert (DrainDay.objects.get().others, Segment.objects.count()) == (1, 0)


def test_a_batch_is_bounded_by_its_bytes(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clicklog, "BATCH_BYTES", 1)
    ship(click(7), number=1)
    ship(click(7), number=2)
    assert clicks.drain(now=now).runs == 1


def test_facets_count_referrer_country_and_device(now: datetime) -> None:
    ship(click(7, referrer="https://www.news.example/story", address="8.8.8.8", language="de-AT"))
    clicks.drain(now=now)
    facets = dict(ClickFacet.objects.values_list("dimension", "value"))
    client = {"device": "desktop", "browser": "Firefox", "os": "Linux", "language": "de"}
    expected = {"referrer": "news.example", "country": "US", **client}
    assert facets == expected


def test_the_account_of_the_day_adds_up(now: datetime) -> None:
    ship(click(7), click(0, status=404), click(7, status=410))
    clicks.drain(now=now)
    day = DrainDay.objects.get()
    assert (day.day, day.records, day.clicks, day.orphans, day.others) == (now.date(), 3, 1, 1, 1)


def test_draining_all_goes_on_until_nothing_waits(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clicklog, "RUNS", 1)
    ship(click(7), number=1)
    ship(click(7), number=2)
    assert clicks.drain_all(now=now).runs == 2


def test_an_empty_queue_drains_nothing(now: datetime) -> None:
    assert clicks.drain(now=now) == clicks.Drained()
