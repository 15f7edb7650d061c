"""The rules of good subjects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oncall.domain import subjects


@pytest.mark.parametrize("subject", ["Roll back the router config", "Free the disk of db-1", "restart the checkout"])
def test_a_good_subject_has_no_problem(subject: str) -> None:
    assert subjects.problems(subject) == []


@pytest.mark.parametrize(
    ("subject", "word"),
    [
        ("", "what to do"),
        ("   ", "what to do"),
        ("Restart " + 42 * "x", "50 characters"),
        ("The disk is full", "Begin with"),
        ("[FIRING:1] Restart the checkout", "every alert"),
        ("CRITICAL: restart the checkout", "every alert"),
        ("Restart the checkout!!!", "End with"),
        ("Restart the checkout ASAP", "End with"),
    ],
)
def test_each_rule_is_told(subject: str, word: str) -> None:
    assert any(word in one for one in subjects.problems(subject))


def test_49_characters_are_few_enough() -> None:
    assert subjects.problems("Restart " + 41 * "x") == []


@pytest.mark.parametrize(
    ("sent", "fitted"),
    [
        ("[FIRING:12] Disk is full!!", "Disk is full"),
        ("Alert: WARNING - API is slow (critical)", "API is slow"),
        ("Critical path is slow", "Critical path is slow"),
        ("ALERT:", "ALERT:"),
        (
            "Checkout answers slower than its objective in Frankfurt",
            "Checkout answers slower than its objective in\u2026",
        ),
        (60 * "x", 48 * "x" + "\u2026"),
    ],
)
def test_a_senders_subject_is_fitted(sent: str, fitted: str) -> None:
    assert subjects.fitted(sent) == fitted


@given(st.text(max_size=300))
def test_a_fitted_subject_is_short_and_never_empty(text: str) -> None:
    fitted = subjects.fitted(text)
    assert len(fitted) <= subjects.LONGEST
    assert bool(fitted) == bool(text.split())


def test_a_subject_that_was_cut_is_called_too_long() -> None:
    assert ["It was longer and has been cut" in text for text in subjects.problems(subjects.fitted("Free " * 30))] == [
        True
    ]
