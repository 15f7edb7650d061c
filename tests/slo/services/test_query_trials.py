from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.lib.errors import Invalid
from slo.domain.counters import Samples
from slo.services import query_trials
from tests.factories.sources import PrometheusServerFactory

MINUTE = timedelta(minutes=1)
RATIO = {"mode": "ratio", "good": "g_total", "bad": "", "total": "t_total"}


def counter(now: datetime, *values: int) -> list[Samples]:
    return [Samples({}, [(now + number * MINUTE / 2, value) for number, value in enumerate(values)])]


def tried(team: Any, now: datetime, **chosen: str) -> Any:
    server = PrometheusServerFactory(team=team)
    return query_trials.try_query(server=server, settings=RATIO | chosen, start=now, end=now + 2 * MINUTE)


def test_what_was_counted_is_told(team: Any, now: datetime, monkeypatch: Any) -> None:
    answer = {"good": counter(now, 0, 3, 5), "total": counter(now, 0, 4, 6)}
    monkeypatch.setattr("slo.clients.prometheus.read", lambda _requests: [answer])
    assert tried(team, now) == {now: (5, 6)}


def test_good_beyond_all_is_refused(team: Any, now: datetime, monkeypatch: Any) -> None:
    answer = {"good": counter(now, 0, 3, 9), "total": counter(now, 0, 4, 6)}
    monkeypatch.setattr("slo.clients.prometheus.read", lambda _requests: [answer])
    with pytest.raises(Invalid, match="12:00 UTC: 9 good of 6"):
        tried(team, now)


def test_wrong_settings_are_named_before_anything_is_asked(team: Any, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        tried(team, now, total="")
    assert list(refused.value.fields) == ["total"]


def test_a_server_that_fails_says_why(team: Any, now: datetime) -> None:
    with pytest.raises(Invalid, match="private address"):
        tried(team, now)
