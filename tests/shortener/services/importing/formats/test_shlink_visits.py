from datetime import date

import pytest

from shortener.domain.importing.records import Unreadable
from tests.shortener.services.importing.formats.helpers import drafts

ROWS = (
    "browser,date,potentialBot,referer,userAgent,visitedUrl\n"
    "Firefox,2024-01-05T10:00:00Z,false,,Mozilla/5.0,https://s.test/abc\n"
    "Firefox,2024-01-05T11:00:00Z,false,,Mozilla/5.0,https://s.test/abc?utm=x\n"
    "Bot,2024-01-06T11:00:00Z,true,,Mozilla/5.0,https://s.test/abc\n"
    "Firefox,2024-01-06T11:00:00Z,false,,Mozilla/5.0,https://s.test/def\n"
    "Firefox,2024-01-06T11:00:00Z,false,,Mozilla/5.0,\n"
)


def test_visits_are_counted_by_link_and_day() -> None:
    first, second = drafts(ROWS)
    assert (first.slug, first.days) == ("abc", {date(2024, 1, 5): (2, 0), date(2024, 1, 6): (0, 1)})
    assert (second.slug, second.days) == ("def", {date(2024, 1, 6): (1, 0)})


def test_visits_need_no_target() -> None:
    assert [draft.errors for draft in drafts(ROWS)] == [{}, {}]


def test_without_addresses_the_file_is_refused() -> None:
    with pytest.raises(Unreadable, match="visitedUrl"):
        drafts("browser,date,referer\nFirefox,2024-01-05,x\n", kind="shlink_visits")
