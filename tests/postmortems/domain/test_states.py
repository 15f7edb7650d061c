import pytest

from postmortems.domain import states


@pytest.mark.parametrize(
    ("before", "after"),
    [("draft", "in_review"), ("in_review", "approved"), ("approved", "published"), ("published", "closed")],
)
def test_the_way_forward(before: str, after: str) -> None:
    assert states.may_follow(before, after)


@pytest.mark.parametrize(("before", "after"), [("draft", "published"), ("published", "draft"), ("closed", "draft")])
def test_no_short_cuts_and_nothing_is_unpublished(before: str, after: str) -> None:
    assert not states.may_follow(before, after)
