"""What a probe expects, and how results become a state."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slo.domain.probing import Answer, ProbeSpec, ProbeState, Visible, judged, next_visible, status_ranges

SPEC = ProbeSpec(probe_id=1, kind="http", url="http://example.com/")
ANSWER = Answer(status=200, body=b"all is well", latency=timedelta(milliseconds=120))


@pytest.mark.parametrize(
    ("text", "ranges"),
    [("200", [(200, 200)]), ("200-299, 301", [(200, 299), (301, 301)]), (" 404 ", [(404, 404)])],
)
def test_statuses_and_ranges(text: str, ranges: list[tuple[int, int]]) -> None:
    assert status_ranges(text) == ranges


@pytest.mark.parametrize("text", ["", "abc", "200-", "99", "600", "299-200", "200,,201", "-200", "²00"])
def test_what_is_no_status_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is n"):
        status_ranges(text)


def test_an_answer_as_expected_is_good() -> None:
    outcome = judged(ANSWER, replace(SPEC, keyword="well", latency_limit=timedelta(milliseconds=120)))
    assert (outcome.ok, outcome.phase, outcome.reason) == (True, "", "")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"expected_status": "404"}, "The status was 200, expected was 404."),
        ({"keyword": "ill"}, "The answer does not contain 'ill'."),
        ({"latency_limit": timedelta(milliseconds=119)}, "The answer took 120 ms, the limit is 119 ms."),
    ],
)
def test_a_broken_expectation_is_the_reason(changes: dict[str, Any], reason: str) -> None:
    outcome = judged(ANSWER, replace(SPEC, **changes))
    assert (outcome.ok, outcome.phase, outcome.reason) == (False, "assertion", reason)


def after(results: list[bool], seen: Visible | None = None) -> ProbeState:
    found = next_visible(seen or Visible(ProbeState.UP, 5, True), results, up_threshold=2, down_threshold=3)
    return found.state


@pytest.mark.parametrize(
    ("results", "state"),
    [
        ([False, False], ProbeState.UP),
        ([False, False, False], ProbeState.DOWN),
        ([False, False, True, False], ProbeState.UP),
        ([False, False, False, True], ProbeState.DOWN),
        ([False, False, False, True, True], ProbeState.UP),
    ],
)
def test_a_state_flips_only_after_its_threshold(results: list[bool], state: ProbeState) -> None:
    assert after(results) is state


def test_a_new_probe_is_pending_until_a_threshold_is_met() -> None:
    fresh = Visible(ProbeState.PENDING)
    assert after([True], fresh) is ProbeState.PENDING
    assert after([True, True], fresh) is ProbeState.UP
    assert after([False, False, False], fresh) is ProbeState.DOWN


@settings(max_examples=50)
@given(st.lists(st.booleans(), max_size=12), st.lists(st.booleans(), max_size=12))
def test_results_in_two_deliveries_make_the_same_state(one: list[bool], other: list[bool]) -> None:
    start = Visible(ProbeState.PENDING)
    together = next_visible(start, one + other, up_threshold=2, down_threshold=3)
    first = next_visible(start, one, up_threshold=2, down_threshold=3)
    assert next_visible(first, other, up_threshold=2, down_threshold=3) == together


def test_a_run_takes_as_long_as_all_its_repeats() -> None:
    assert ProbeSpec(1, "http", "x", timeout=timedelta(seconds=4), retries=2).longest == timedelta(seconds=12)
