"""When a failed page is tried again."""

import pytest

from oncall.domain import retry


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 15), (2, 30), (3, 60)])
def test_the_waits_grow(attempts: int, seconds: int) -> None:
    wait = retry.delay(attempts)
    assert wait is not None
    assert wait.total_seconds() == seconds


@pytest.mark.parametrize("attempts", [0, 4, 9])
def test_there_is_no_fourth_wait(attempts: int) -> None:
    assert retry.delay(attempts) is None
