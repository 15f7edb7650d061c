from datetime import timedelta

import pytest

from portal.chat.domain.spans import said, span_of


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("30m", 30), ("2h", 120), ("1h30m", 90), ("1D", 1440), (" 14d ", 14 * 1440), ("1d2h3m", 1440 + 123)],
)
def test_lengths_are_read(text: str, minutes: int) -> None:
    assert span_of(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", " ", "0m", "2", "h", "15d", "2h ago", "-1h", "1.5h", "٣h", "9999h"])
def test_what_is_no_length_or_too_long_a_one_is_none(text: str) -> None:
    assert span_of(text) is None


@pytest.mark.parametrize(
    ("minutes", "text"), [(90, "1 h 30 min"), (1440, "1 d"), (5, "5 min"), (1501, "1 d 1 h 1 min"), (0, "0 min")]
)
def test_lengths_are_said_as_people_read_them(minutes: int, text: str) -> None:
    assert said(timedelta(minutes=minutes)) == text
