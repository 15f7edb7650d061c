"""Whose step is due, and whose turn it is."""

from datetime import datetime, timedelta

from oncall.selectors import run_queue
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import AlertFactory, RunFactory


def test_a_storm_at_one_team_delays_no_other(db: None, now: datetime) -> None:
    loud, quiet = TeamFactory(), TeamFactory()
    storm = [RunFactory(alert=AlertFactory(team=loud), next_run_at=now - timedelta(minutes=9 - n)) for n in range(3)]
    other = RunFactory(alert=AlertFactory(team=quiet), next_run_at=now)
    assert run_queue.fair_choice(now, limit=3) == [storm[0].pk, other.pk, storm[1].pk]


def test_only_active_runs_whose_time_has_come(db: None, now: datetime) -> None:
    due, _, _ = (
        RunFactory(next_run_at=now),
        RunFactory(next_run_at=now + timedelta(seconds=1)),
        RunFactory(next_run_at=now, status="stopped"),
    )
    assert run_queue.fair_choice(now, limit=9) == [due.pk]
