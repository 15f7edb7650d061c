from datetime import UTC, date, datetime
from typing import Any

import pytest

from shortener.domain.segments import ClickRecord
from shortener.models import ClickDay, ClickMonth, LinkTotal, ScopeDay
from shortener.selectors import gauges, link_totals
from shortener.services import history
from shortener.services.history import ImportedDay
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 15)


def records(link: Any, now: datetime) -> list[ClickRecord]:
    at_us = int(now.timestamp() * 1_000_000)
    return [ClickRecord(at_us=at_us + second, link_id=link.pk, status=302, good=True) for second in range(5)]


def test_past_clicks_go_the_way_of_every_click(now: datetime) -> None:
    link = LinkFactory()
    assert history.add_clicks(records=records(link, now), source="import", number=1, now=now) == 5
    assert sum((link_totals([link.pk])[link.pk].people, link_totals([link.pk])[link.pk].bots)) == 5


def test_the_same_run_is_counted_once(now: datetime) -> None:
    link = LinkFactory()
    history.add_clicks(records=records(link, now), source="import", number=1, now=now)
    assert history.add_clicks(records=records(link, now), source="import", number=1, now=now) == 0


def test_no_records_are_no_run(now: datetime) -> None:
    assert history.add_clicks(records=[], source="import", number=1, now=now) == 0


def stored(link: Any) -> list[Any]:
    """What the days, months and totals of a link and the days of its team and domain say: (people, bots) each."""
    scopes = ScopeDay.objects.filter(day=DAY, scope_id__in=[link.team_id, link.domain_id])
    found = [ClickDay.objects.filter(link_id=link.pk), ClickMonth.objects.filter(link_id=link.pk), scopes]
    pairs = [pair for rows in found for pair in rows.values_list("people", "bots")]
    return [*pairs, *LinkTotal.objects.filter(pk=link.pk).values_list("people", "bots")]


def test_imported_visits_appear_in_every_count() -> None:
    link = LinkFactory()
    assert history.add_imported(rows=[ImportedDay(link.pk, DAY, 7, 2)], source="shlink") == 9
    assert stored(link) == [(7, 2)] * 5
    assert ClickMonth.objects.get(link_id=link.pk).month == date(2025, 6, 1)


def test_a_repeated_import_changes_nothing_and_a_correction_counts_as_its_difference() -> None:
    link = LinkFactory()
    history.add_imported(rows=[ImportedDay(link.pk, DAY, 7, 2)], source="shlink")
    assert history.add_imported(rows=[ImportedDay(link.pk, DAY, 7, 2)], source="shlink") == 0
    assert history.add_imported(rows=[ImportedDay(link.pk, DAY, 5, 3)], source="shlink") == -1
    assert stored(link) == [(5, 3)] * 5


def test_another_source_adds_to_what_is_there() -> None:
    link = LinkFactory()
    for source in ("shlink", "kutt"):
        history.add_imported(rows=[ImportedDay(link.pk, DAY, 1)], source=source)
    assert LinkTotal.objects.get(pk=link.pk).people == 2


def test_rows_of_one_day_are_summed() -> None:
    link = LinkFactory()
    rows = [ImportedDay(link.pk, DAY, 1), ImportedDay(link.pk, DAY, 2), ImportedDay(link.pk, date(2025, 7, 1), 4)]
    history.add_imported(rows=rows, source="csv")
    assert list(ClickDay.objects.order_by("day").values_list("people", flat=True)) == [3, 4]
    assert LinkTotal.objects.get(pk=link.pk).last_click_at == datetime(2025, 7, 1, tzinfo=UTC)


def test_links_of_one_team_are_summed() -> None:
    first = LinkFactory()
    second = LinkFactory(team=first.team, domain=first.domain)
    history.add_imported(rows=[ImportedDay(link.pk, DAY, 1) for link in (first, second)], source="csv")
    assert set(ScopeDay.objects.values_list("people", flat=True)) == {2}


def test_nothing_imported_is_nothing_changed() -> None:
    assert history.add_imported(rows=[], source="csv") == 0


def test_imported_visits_are_expected_and_stored() -> None:
    history.add_imported(rows=[ImportedDay(LinkFactory().pk, DAY, 7, 2)], source="shlink")
    assert list(gauges.clicks_expected()) == list(gauges.clicks_stored()) == [({}, 9.0)]
