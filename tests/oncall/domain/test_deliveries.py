"""The words of providers."""

import pytest

from oncall.domain import deliveries


@pytest.mark.parametrize(
    ("present", "told", "after"),
    [
        ("", "queued", "queued"),
        ("sent", "delivered", "delivered"),
        ("delivered", "sent", "delivered"),
        ("undelivered", "sent", "undelivered"),
        ("completed", "acknowledged", "acknowledged"),
    ],
)
def test_a_late_word_changes_no_last_one(present: str, told: str, after: str) -> None:
    assert deliveries.next_word(present, told) == after


def test_nothing_has_arrived_and_is_lost() -> None:
    assert not deliveries.ARRIVED & deliveries.LOST
