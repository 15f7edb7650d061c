from datetime import date

import pytest

from oncall.models import Alert, AlertReview, AlertRoute, Override, Shift, Silence, Swap
from oncall.selectors import reviews
from portal.accounts.models import Team
from portal.seed.demo import plan
from portal.seed.demo.duty import NOISE, WEEKS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_weeks_of_alerts_came_from_a_sender_and_none_is_left_open() -> None:
    found = Alert.objects.filter(integration__name="Alertmanager")
    assert found.count() == WEEKS * sum(times for *_, times in NOISE)
    assert not found.open().exists()


def test_nobody_was_paged_for_the_past() -> None:
    assert not Alert.objects.filter(runs__pages__status__in=["pending", "sending", "sent"]).exists()


def test_the_weeks_were_reviewed_and_the_last_one_waits() -> None:
    team = Team.objects.get(slug=plan.TEAM[1])
    assert AlertReview.objects.filter(team=team, decision="delete").exists()
    assert {row.decision for row in reviews.week(team, date(2026, 2, 23))} == {None}


def test_shifts_are_on_record_and_something_lies_ahead() -> None:
    assert Shift.objects.count() >= 8
    assert Silence.objects.get().rule == "FREQ=WEEKLY"
    assert (Swap.objects.get().status, Override.objects.get().reason) == ("open", "Theatre")
    assert AlertRoute.objects.get().name == "Certificates are tickets"
