"""A short fault campaign in every run of the tests; `./run bench faults` is the long one."""

from pathlib import Path

import pytest

from loadtest import campaign_clicks
from loadtest.stage import stage

KILLS = 6


@pytest.mark.timeout(300)
def test_no_answered_click_is_lost_and_none_counts_twice_whatever_is_killed(tmp_path: Path) -> None:
    with stage(tmp_path) as running:
        found = campaign_clicks.campaign(running, kills=KILLS, seed=7, longest_gap=0.8)
    assert (found.lost, found.doubled) == (0, 0), campaign_clicks.table(found)
    assert found.answered > 100
    assert found.counted == found.totals == found.drained == found.answered + found.unanswered
    assert {kill.target for kill in found.kills[1:]} == {"edge", "worker", "beat", "postgres", "valkey"}
