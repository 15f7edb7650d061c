"""Words for papers that have no shaping engine."""

import pytest

from portal.lib import paper_text


@pytest.mark.parametrize("text", ["", "Anna", "Łukasz Żółw", "Жанна 5", "田中"])
def test_what_runs_to_the_right_stays_as_it_is(text: str) -> None:
    assert paper_text.visual(text) == text


def test_hebrew_is_turned_round_and_what_stands_beside_it_is_not() -> None:
    assert paper_text.visual("שרה (s@x.example)") == "הרש (s@x.example)"


def test_arabic_letters_take_the_shape_of_their_place() -> None:
    assert paper_text.joined("عمر") == "\ufecb\ufee4\ufeae"
    assert paper_text.joined("دار") == "\ufea9\ufe8d\ufead"


def test_a_mark_between_two_letters_parts_nobody() -> None:
    assert paper_text.joined("ع\u064eم") == "\ufecb\u064e\ufee2"


def test_what_no_font_has_is_told_by_number() -> None:
    known = {ord(letter) for letter in "Tanaka "}
    assert paper_text.escaped("田中 Tanaka", known) == "[U+7530 U+4E2D] Tanaka"
    assert paper_text.escaped("Ta\u200bn", known) == "Tan"
