"""What people answer to a page in few letters."""

import pytest

from oncall.domain import answers
from oncall.domain.answers import Reading


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        ("ack 4217", "acknowledge", "4217"),
        ("4217", "acknowledge", "4217"),
        ("4217 Resolve.", "resolve", "4217"),
        ("1", "acknowledge", ""),
        ("  OK! ", "acknowledge", ""),
        ("2", "resolve", ""),
        ("done", "resolve", ""),
    ],
)
def test_few_letters_are_understood(text: str, word: answers.Word, code: str) -> None:
    assert answers.read(text) == Reading(word, code)


@pytest.mark.parametrize("text", ["", "who is this?", "4217 4218", "ack it now 4217", "0123", "x" * 10_000])
def test_all_else_is_not(text: str) -> None:
    assert answers.read(text) is None


def test_pages_in_a_row_never_share_a_code() -> None:
    assert len({answers.code_of(number) for number in range(50_000, 59_000)}) == answers.COUNT
