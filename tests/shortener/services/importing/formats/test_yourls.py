from datetime import date

import pytest

from shortener.domain.importing.records import Unreadable
from tests.shortener.services.importing.formats.helpers import drafts

DUMP = """
INSERT INTO `yourls_log` VALUES
(1,'2024-02-01 10:00:00','ozh','direct','Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0','1.2.3.4','AT'),
(2,'2024-02-02 10:00:00','ozh','direct','Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0','1.2.3.4','AT'),
(3,'2024-02-02 11:00:00','ozh','direct','Googlebot/2.1 (+http://www.google.com/bot.html)','1.2.3.4','US');
INSERT INTO `yourls_url` VALUES
('ozh','https://ozh.org/','It\\'s ozh','2024-01-05 10:00:00','127.0.0.1',5),
('plain','https://example.org/','https://example.org/','2024-01-05 10:00:00','127.0.0.1',0);
"""


def test_a_dump_gives_links_and_their_visits_by_day() -> None:
    ozh, plain = drafts(DUMP)
    assert (ozh.slug, ozh.target, ozh.given["title"]) == ("ozh", "https://ozh.org/", "It's ozh")
    assert ozh.days == {date(2024, 1, 5): (2, 0), date(2024, 2, 1): (1, 0), date(2024, 2, 2): (1, 1)}
    assert plain.days == {}


def test_a_title_that_repeats_the_address_is_left_out() -> None:
    assert drafts(DUMP)[1].given.get("title", "") == ""


def test_the_plugin_writes_keywords_between_slashes() -> None:
    (draft,) = drafts("source,target,hits\r\n/ozh/,https://ozh.org/,5\r\n")
    assert (draft.slug, draft.days) == ("ozh", {date(2026, 3, 4): (5, 0)})


def test_the_table_as_csv_has_times() -> None:
    (draft,) = drafts("keyword,url,title,timestamp,ip,clicks\nozh,https://ozh.org/,T,2024-01-05 10:00:00,::1,5\n")
    assert draft.days == {date(2024, 1, 5): (5, 0)}


def test_a_dump_without_links_is_refused() -> None:
    with pytest.raises(Unreadable, match="no rows of yourls_url"):
        drafts("INSERT INTO yourls_options VALUES (1,'a','b');")
