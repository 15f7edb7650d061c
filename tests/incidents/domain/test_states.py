import pytest

from incidents.domain import states


@pytest.mark.parametrize("before", ["investigating", "identified", "monitoring"])
def test_any_open_state_may_be_resolved(before: str) -> None:
    assert states.may_follow(before, "resolved")


def test_open_states_follow_each_other_in_any_order() -> None:
    assert states.may_follow("monitoring", "investigating")


def test_only_a_resolved_incident_is_closed() -> None:
    assert states.may_follow("resolved", "closed")
    assert not states.may_follow("monitoring", "closed")


def test_a_resolved_incident_may_open_again() -> None:
    assert states.may_follow("resolved", "investigating")


@pytest.mark.parametrize("after", list(states.Status))
def test_closed_is_for_good(after: str) -> None:
    assert not states.may_follow("closed", after)


def test_no_state_follows_itself() -> None:
    assert not states.may_follow("identified", "identified")


@pytest.mark.parametrize(("status", "is_open"), [("monitoring", True), ("resolved", False), ("closed", False)])
def test_open_means_that_people_still_work(status: str, is_open: bool) -> None:
    assert states.is_open(status) is is_open
