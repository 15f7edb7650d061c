"""The sign of life to somewhere else."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert
from oncall.services import deadman
from tests.factories.oncall import AlertFactory, RunFactory
from tests.shortener.receiver import receiving

SECOND = timedelta(seconds=1)


@pytest.fixture
def url(settings: Any) -> Iterator[str]:
    with receiving(settings) as server:
        settings.PORTAL_DEADMAN_URL = server.url
        yield server.url


@pytest.mark.usefixtures("db")
def test_it_goes_out_once_a_minute(url: str, now: datetime) -> None:
    heard = [deadman.ping_due(now=now + seconds * SECOND) for seconds in (0, 30, 60)]
    assert heard == [True, None, True]


@pytest.mark.usefixtures("db")
def test_one_that_is_not_heard_is_told(settings: Any, now: datetime, caplog: pytest.LogCaptureFixture) -> None:
    settings.PORTAL_DEADMAN_URL = "http://127.0.0.1:1/"
    assert deadman.ping_due(now=now) is False
    assert "not heard" in caplog.text


def test_it_is_withheld_while_pages_are_late(url: str, fired: Alert, now: datetime) -> None:
    assert deadman.ping_due(now=now + 90 * SECOND) is None


@pytest.mark.usefixtures("db")
def test_without_an_address_nothing_is_sent(settings: Any, now: datetime) -> None:
    settings.PORTAL_DEADMAN_URL = ""
    assert deadman.ping_due(now=now) is None


def test_it_is_withheld_while_an_alert_has_reached_nobody(url: str, now: datetime, db: None) -> None:
    RunFactory(alert=AlertFactory(), status="exhausted", next_run_at=None, ended_at=now)
    assert deadman.ping_due(now=now) is None
