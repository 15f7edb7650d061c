from datetime import date
from typing import Any

import pytest

from oncall.forms.reviews import ReviewWeekForm
from portal.accounts.selectors.actors import actor_for_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("week", "monday"), [("", date(2026, 2, 23)), ("2026-03-08", date(2026, 3, 2)), ("nonsense", date(2026, 2, 23))]
)
def test_the_last_whole_week_is_shown_unless_another_is_asked_for(alice: Any, week: str, monday: date) -> None:
    form = ReviewWeekForm({"week": week}, actor=actor_for_user(alice))
    assert form.monday(date(2026, 3, 4)) == monday
