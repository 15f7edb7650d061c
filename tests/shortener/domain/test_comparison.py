import pytest

from shortener.domain.comparison import Comparison


@pytest.mark.parametrize(
    ("now", "before", "words", "tone"),
    [
        (150, 100, "50\u00a0% more", "up"),
        (90, 100, "10\u00a0% fewer", "down"),
        (1001, 1000, "0.1\u00a0% more", "up"),
        (7, 7, "as many", "flat"),
        (0, 0, "as many", "flat"),
        (5, 0, "none before", "up"),
        (0, 5, "100\u00a0% fewer", "down"),
    ],
)
def test_a_difference_in_words(now: int, before: int, words: str, tone: str) -> None:
    found = Comparison(now, before)
    assert (found.words, found.tone) == (words, tone)


def test_the_ratio_is_a_share_of_the_former_number() -> None:
    assert Comparison(150, 100).ratio == 0.5
    assert Comparison(5, 0).ratio is None


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (150, 100, "50\u00a0% more than the week before"),
        (7, 7, "as many as the week before"),
        (5, 0, "none the week before"),
    ],
)
def test_the_period_is_named(now: int, before: int, words: str) -> None:
    assert Comparison(now, before).against("the week before") == words
