from typing import Any

import pytest

from shortener.domain.importing import sql_dump
from shortener.domain.importing.records import Unreadable

KNOWN = {"url": ["keyword", "url"], "log": ["click_id", "shorturl"]}
DUMP = r"""-- MySQL dump; it's a comment 'with a quote
/*!40101 SET NAMES utf8 */;
DROP TABLE IF EXISTS `yourls_url`;
CREATE TABLE `yourls_url` (
  `keyword` varchar(200) NOT NULL DEFAULT '', `url` text, `title` text,
  `timestamp` timestamp NOT NULL DEFAULT current_timestamp(),
  PRIMARY KEY (`keyword`), KEY `t` (`timestamp`)
) ENGINE=InnoDB;
LOCK TABLES `yourls_url` WRITE;
INSERT INTO `yourls_url` VALUES ('a','https://x.test/?q=(it\'s;),(','It''s \n \\ \"',NULL),('b','y',"z",'2020');
# another comment; INSERT INTO `yourls_url` VALUES ('no');
INSERT INTO yourls_log (`click_id`, `shorturl`) VALUES (1, _binary 'a') ON DUPLICATE KEY UPDATE x=(1);
"""


def rows(text: str) -> list[Any]:
    return list(sql_dump.rows(text, KNOWN))


def test_strings_are_read_as_the_server_would_read_them() -> None:
    first = rows(DUMP)[0]
    assert first.cells["url"] == "https://x.test/?q=(it's;),("
    assert first.cells["title"] == "It's \n \\ \""


def test_columns_come_from_the_create_table_or_from_the_insert() -> None:
    found = rows(DUMP)
    assert [(row.table, row.cells.get("keyword"), row.cells.get("shorturl")) for row in found] == [
        ("yourls_url", "a", None),
        ("yourls_url", "b", None),
        ("yourls_log", None, "a"),
    ]


def test_without_a_create_table_the_known_columns_are_taken() -> None:
    assert rows("INSERT INTO `my_url` VALUES ('a','b');")[0].cells == {"keyword": "a", "url": "b"}


def test_null_and_numbers_are_what_they_are() -> None:
    assert rows("INSERT INTO u_url VALUES (NULL, -1.5);")[0].cells == {"keyword": None, "url": "-1.5"}


def test_other_tables_are_passed_over() -> None:
    assert rows("INSERT INTO `yourls_options` VALUES (1,'x','y');") == []


def test_an_introducer_before_a_text_is_no_value() -> None:
    assert rows("INSERT INTO u_url VALUES (_utf8mb4'a', N'b');")[0].cells == {"keyword": "a", "url": "b"}


@pytest.mark.parametrize(
    "text",
    [
        "INSERT INTO u_url VALUES ('a','" + "x\\'" * 300_000,
        "INSERT INTO u_url VALUES " + "('a'," * 100_000,
        "/* " * 300_000,
        "INSERT INTO u_url VALUES ('a','b'",
    ],
)
def test_a_dump_that_was_cut_off_is_refused_without_endless_search(text: str) -> None:
    with pytest.raises(Unreadable, match="cut off"):
        rows(text)


def test_a_row_that_does_not_fit_its_columns_is_refused() -> None:
    with pytest.raises(Unreadable, match="3 values for 2 columns"):
        rows("INSERT INTO u_url VALUES ('a','b','c');")
