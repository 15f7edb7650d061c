"""Shares of a rotation and the words for them."""

from fractions import Fraction

import pytest

from oncall.domain import fairness


def verdict(*values: int) -> str:
    return fairness.balance("Nights", "h", {who: Fraction(value) for who, value in enumerate(values)}).verdict


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((), "few"),
        ((90,), "few"),
        ((1, 6), "few"),
        ((0, 0), "few"),
        ((80, 120), "even"),
        ((79, 121), "uneven"),
        ((50, 150), "uneven"),
        ((40, 160), "lopsided"),
        ((100, 100, 0), "lopsided"),
    ],
    ids=["nobody", "one person", "little", "nothing", "20 %", "more", "50 %", "far more", "somebody with none"],
)
def test_the_widest_distance_from_the_mean_decides(values: tuple[int, ...], expected: str) -> None:
    assert verdict(*values) == expected


def test_each_share_tells_its_distance_exactly() -> None:
    found = fairness.balance("Nights", "h", {1: Fraction(10), 2: Fraction(20)})
    assert found.mean == 15
    assert [share.deviation for share in found.shares.values()] == [Fraction(-1, 3), Fraction(1, 3)]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((1, 3), "Nights: too little yet to compare (mean 2 h)."),
        ((10, 10), "Nights: shared evenly, nobody is more than 20 % from the mean of 10 h."),
        ((10, 20), "Nights: shared unevenly, up to 33 % from the mean of 15 h."),
        ((0, 20), "Nights: shared very unevenly, up to 100 % from the mean of 10 h."),
    ],
    ids=["few", "even", "uneven", "lopsided"],
)
def test_the_verdict_is_a_sentence_without_names(values: tuple[int, ...], words: str) -> None:
    balance = fairness.balance("Nights", "h", {who: Fraction(value) for who, value in enumerate(values)})
    assert balance.words == words
