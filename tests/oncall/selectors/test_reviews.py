from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from oncall.models import AlertReview
from oncall.selectors import reviews
from portal.accounts.selectors.actors import actor_for_user
from portal.lib.errors import NotFound
from tests.factories.oncall import NOON, AlertFactory
from tests.oncall.duty import page

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


def _review(team: Any, user: Any, **said: Any) -> AlertReview:
    facts = {"week": MONDAY, "alert_class": "a", "title": "Disk", "decision": "change", "decided_at": NOON}
    return AlertReview.objects.create(team=team, decided_by=user, **(facts | said))


def test_alerts_of_a_kind_are_one_row_of_their_week(team: Any) -> None:
    AlertFactory(team=team, title="Disk 91 % full")
    AlertFactory(team=team, title="Disk 97 % full")
    AlertFactory(team=team, title="Disk 99 % full", started_at=NOON - timedelta(weeks=1))
    (row,) = reviews.week(team, MONDAY)
    assert (row.alerts.fired, row.decision, row.before) == (2, None, None)


def test_tests_and_other_teams_alerts_are_left_out(team: Any, other_team: Any) -> None:
    AlertFactory(team=team, is_test=True)
    AlertFactory(team=other_team)
    assert reviews.week(team, MONDAY) == []


def test_a_row_knows_its_decision_and_the_latest_before(team: Any, alice: Any) -> None:
    AlertFactory(team=team, title="Disk full")
    (row,) = reviews.week(team, MONDAY)
    for weeks in (0, 1, 2):
        _review(team, alice, alert_class=row.alerts.key, week=MONDAY - timedelta(weeks=weeks), note=str(weeks))
    (row,) = reviews.week(team, MONDAY)
    assert row.decision is not None
    assert row.before is not None
    assert (row.decision.note, row.before.note) == ("0", "1")


def test_a_decision_of_a_private_team_is_not_there_for_others(team: Any, alice: Any, charlie: Any) -> None:
    team.is_private = True
    team.save()
    made = _review(team, alice)
    with pytest.raises(NotFound):
        reviews.get_review(actor_for_user(charlie), made.public_id)


def test_months_count_alerts_and_the_share_that_was_worth_it(team: Any, alice: Any, now: datetime) -> None:
    AlertFactory(team=team, started_at=datetime(2026, 2, 10, tzinfo=UTC))
    AlertFactory(team=team, started_at=NOON - timedelta(hours=1))
    _review(team, alice, is_actionable=True)
    _review(team, alice, alert_class="b", is_actionable=False)
    february, march = reviews.months(team, now=now, count=2)
    assert (february.fired, february.actionable_ratio) == (1, None)
    assert (march.fired, march.judged, march.actionable_ratio) == (1, 2, 0.5)


def test_months_count_on_the_clock_of_the_team_by_night_and_by_page(team: Any, alice: Any, now: datetime) -> None:
    team.time_zone = "Asia/Tokyo"
    page(alice, team, NOON)
    AlertFactory(team=team, started_at=datetime(2026, 2, 28, 15, 30, tzinfo=UTC))
    AlertFactory(team=team, started_at=datetime(2026, 2, 28, 14, 30, tzinfo=UTC), is_test=True)
    february, march = reviews.months(team, now=now + timedelta(hours=1), count=2)
    assert (february.fired, march.fired, march.at_night, march.paged) == (0, 2, 1, 1)


def test_a_week_beyond_measure_is_told(team: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    AlertFactory(team=team)
    AlertFactory(team=team, title="Another")
    assert not reviews.is_cut(reviews.week(team, MONDAY))
    monkeypatch.setattr(reviews, "MOST", 2)
    assert reviews.is_cut(reviews.week(team, MONDAY))
