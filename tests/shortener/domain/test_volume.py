import pytest

from shortener.domain.volume import unusual


@pytest.mark.parametrize("clicks", [34, 100, 300])
def test_a_day_within_a_factor_of_three_is_usual(clicks: int) -> None:
    assert unusual(clicks, [100, 90, 110, 100]) is None


@pytest.mark.parametrize(("clicks", "is_high"), [(301, True), (33, False), (0, False)])
def test_a_day_beyond_a_factor_of_three_is_told(clicks: int, is_high: bool) -> None:
    found = unusual(clicks, [100, 100, 100, 100])
    assert found is not None
    assert found.is_high is is_high


def test_one_odd_week_among_four_does_not_move_what_is_usual() -> None:
    assert unusual(100, [100, 100, 9_000, 100]) is None


def test_a_single_week_says_nothing() -> None:
    assert unusual(1_000, [10]) is None


def test_small_numbers_say_nothing() -> None:
    assert unusual(19, [1, 1, 1, 1]) is None


def test_traffic_out_of_nothing_is_told() -> None:
    found = unusual(500, [0, 0, 0, 0])
    assert found is not None
    assert found.sentence == "500 clicks by people, more than three times the usual 0 of that weekday."


def test_a_quiet_day_is_told_in_words() -> None:
    found = unusual(12, [1200, 1200])
    assert found is not None
    assert found.sentence == "12 clicks by people, less than a third of the usual 1,200 of that weekday."
