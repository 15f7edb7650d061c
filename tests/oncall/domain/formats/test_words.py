"""What all formats share."""

from datetime import UTC, datetime
from typing import Any

import pytest

from oncall.domain.formats import words
from oncall.domain.formats.words import Words

NOON = datetime(2026, 3, 4, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04T12:30:00Z",
        "2026-03-04T13:30:00+01:00",
        "2026-03-04T12:30:00.000+0000",
        "2026-03-04T12:30:00+00:00Z",
        "2026-03-04 12:30:00",
    ],
)
def test_every_senders_way_to_write_an_instant(text: str) -> None:
    assert words.instant(text) == NOON


@pytest.mark.parametrize("said", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+05:00", "soon", "", None, 17, "9" * 400])
def test_what_is_no_instant_is_none(said: Any) -> None:
    assert words.instant(said) is None


def test_the_end_of_time_does_not_overflow() -> None:
    assert words.instant("9999-12-31T23:59:59-14:00") is None


@pytest.mark.parametrize(
    ("word", "severity"),
    [("page", "critical"), ("Warning", "warning"), ("none", "info"), ("odd", "critical"), (None, "critical")],
)
def test_the_usual_words_for_urgency(word: Any, severity: str) -> None:
    assert Words().severity(word) == severity


def test_own_words_come_first_and_the_default_is_a_choice() -> None:
    known = Words({"page": "warning"}, default_severity="info")
    assert [known.severity(word) for word in ("page", "critical", "odd")] == ["warning", "critical", "info"]


def test_texts_can_be_stored() -> None:
    assert words.text("a\0b\ud800c", 10) == "a\ufffdb\ufffdc"
    assert words.texts({"a": 1, "b": [1], "": "x", "c": True}) == {"a": "1", "c": "true"}


def test_the_order_of_labels_does_not_name_an_alert() -> None:
    assert words.fingerprint({"a": "1", "b": "2"}) == words.fingerprint({"b": "2", "a": "1"})
    assert words.fingerprint({"a": "1b"}) != words.fingerprint({"a1": "b"})


@pytest.mark.parametrize("href", ["javascript:alert(1)", "ftp://a/", None, "https://" + 600 * "a"])
def test_only_web_addresses_are_links(href: Any) -> None:
    assert words.link(href, "x") == words.image(href) == []


def test_long_keys_become_digests() -> None:
    assert (len(words.key_of("k" * 256)), len(words.key_of("k" * 255))) == (32, 255)
