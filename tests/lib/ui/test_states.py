from enum import Enum

import pytest

from portal.lib.ui import states


class State(Enum):
    OPEN = "open"


@pytest.mark.parametrize(
    ("word", "tone"),
    [("firing", "red"), ("acknowledged", "yellow"), ("resolved", "green"), ("draft", "gray"), ("in review", "yellow")],
)
def test_a_state_word_has_its_colour(word: str, tone: str) -> None:
    assert states.tone(word) == tone


def test_a_word_that_is_not_known_stays_gray() -> None:
    assert states.tone("sideways") == "gray"


def test_members_of_an_enumeration_count_by_their_value() -> None:
    assert states.tone(State.OPEN) == "red"


@pytest.mark.parametrize(
    ("word", "label"), [("no_data", "No data"), ("sev1", "SEV1"), ("p0", "P0"), ("published", "Published")]
)
def test_a_word_is_written_as_a_person_reads_it(word: str, label: str) -> None:
    assert states.label(word) == label


def test_no_word_has_two_colours() -> None:
    listed = [word for words in states.WORDS.values() for word in words.split()]
    assert len(listed) == len(set(listed))
