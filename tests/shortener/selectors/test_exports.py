import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.lib.errors import Invalid
from portal.lib.times import Span
from shortener.models import ClickDay, ClickFacet, ClickHour
from shortener.selectors import exports, ranges, reports, subjects
from tests.factories.shortener import LinkFactory

DAY = timedelta(days=1)


def test_no_cell_is_a_formula() -> None:
    lines = list(exports.csv_lines(("name", "number"), [("=1+1", -5), ("@home", None)]))
    assert lines == ["name,number\r\n", "'=1+1,-5\r\n", "'@home,\r\n"]


def test_a_line_of_json_holds_one_row() -> None:
    (line,) = exports.json_lines(("name", "number"), [("Größe", 5)])
    assert json.loads(line) == {"name": "Größe", "number": 5}


def test_a_format_that_there_is_not_is_refused() -> None:
    with pytest.raises(Invalid):
        exports.file_kind("xml")


@pytest.mark.django_db
def test_a_bucket_is_a_row_with_the_people_before(now: datetime) -> None:
    link = LinkFactory()
    ClickHour.objects.create(link_id=link.pk, hour=now, people=3, bots=1)
    ClickHour.objects.create(link_id=link.pk, hour=now - DAY, people=2)
    *_, last = exports.bucket_rows(reports.report(subjects.of_link(link), ranges.preset("24h", now=now)))
    assert last == ("2026-03-04T12:00:00Z", 3, 1, None, 2)


@pytest.mark.django_db
def test_a_value_is_a_row(now: datetime) -> None:
    link = LinkFactory()
    ClickFacet.objects.create(link_id=link.pk, day=now.date(), dimension="country", value="AT", people=2)
    rows = exports.facet_rows(reports.report(subjects.of_link(link), ranges.preset("24h", now=now)))
    assert list(rows) == [("country", "AT", "Austria (AT)", 2, 0)]


@pytest.mark.django_db
def test_days_come_in_order_with_their_links(
    actor_of: Callable[[Any], Any], bob: Any, team: Any, now: datetime, django_assert_max_num_queries: Any
) -> None:
    links = [LinkFactory(team=team) for _ in range(3)]
    for link in links:
        for back in (1, 0):
            ClickDay.objects.create(link_id=link.pk, day=(now - DAY * back).date(), people=1)
    with django_assert_max_num_queries(3):
        rows = list(exports.daily_rows(actor_of(bob), None, Span(now - DAY, now)))
    assert [row[1] for row in rows] == [link.public_id for link in links] * 2
    assert rows[0][0] == "2026-03-03"


@pytest.mark.parametrize(("title", "name"), [("Frühling/1", "clicks-Fr-hling-1-"), ("日本", "clicks-link-")])
@pytest.mark.django_db
def test_a_file_name_fits_every_file_system(title: str, name: str, now: datetime) -> None:
    subject = subjects.of_link(LinkFactory(title=title))
    assert exports.file_name(subject, ranges.preset("7d", now=now), "csv") == f"{name}20260226-20260304.csv"
