from typing import Any

import pytest

from shortener.domain import filter_words


def test_words_are_trimmed_ordered_and_empty_ones_left_out() -> None:
    words, found = filter_words.clean({"sort": "clicks", "q": " spring ", "tag": ""})
    assert (list(words.items()), found) == ([("q", "spring"), ("sort", "clicks")], [])


def test_all_that_is_wrong_is_told_at_once() -> None:
    _, found = filter_words.clean({"colour": "red", "q": "x" * 501, "tag": 5, "page": "2"})
    assert [message.partition(":")[0] for message in found] == [
        "There is no filter colour.",
        "There is no filter page.",
        "q",
        "tag",
    ]


@pytest.mark.parametrize("raw", [None, [], "q=x", 5])
def test_anything_but_an_object_is_refused(raw: Any) -> None:
    assert filter_words.clean(raw) == ({}, ["Give an object of filter words."])


@pytest.mark.parametrize("value", ["a\0b", "\ud800"])
def test_what_cannot_be_stored_is_refused(value: str) -> None:
    assert len(filter_words.clean({"q": value})[1]) == 1


def test_words_are_told_as_people_read_them() -> None:
    words = {"q": "spring", "state": "dead_target", "created_from": "2026-03-04"}
    assert filter_words.told(words) == ["search: spring", "state: dead target", "made from: 2026-03-04"]
