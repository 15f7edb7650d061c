"""What fits into two parts of an SMS."""

import pytest

from oncall.domain import sms_parts

ANSWER = "\nReply 4217."


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("x" * 400, 306),
        ("x" * 200, 200 + len(ANSWER)),
        ("[" * 400, 153 + len(ANSWER)),
        ("\u0434" * 400, 134),
    ],
    ids=["long", "short", "signs of two places", "Cyrillic"],
)
def test_two_parts_are_the_most(text: str, length: int) -> None:
    said = sms_parts.fitting(text, ANSWER)
    assert (len(said) <= length, said.endswith(ANSWER)) == (True, True)


def test_typography_does_not_halve_the_room() -> None:
    assert sms_parts.fitting("\u201cDown\u201d \u2013 wait\u2026", "") == '"Down" - wait...'


def test_emoji_are_two_units_and_never_cut_in_half() -> None:
    said = sms_parts.fitting("\U0001f525" * 100, ANSWER)
    assert len(said.encode("utf-16-be")) // 2 <= sms_parts.SIXTEEN_BITS
