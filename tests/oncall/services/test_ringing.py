"""Emergencies that were answered elsewhere fall silent."""

from datetime import datetime
from typing import Any

import pytest

from oncall.clients import pushover
from oncall.exceptions import DeliveryError
from oncall.models import Page
from oncall.services import ringing
from tests.factories.oncall import AlertFactory, PageFactory, RunFactory


@pytest.fixture
def stopped_ones(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    told: list[str] = []
    monkeypatch.setattr(pushover, "stop_ringing", told.append)
    return told


def rings(team: Any, now: datetime, status: str) -> Page:
    run = RunFactory(alert=AlertFactory(team=team, status=status, acknowledged_at=now))
    told = {"channel": "pushover", "address": "u", "provider_id": f"rec-{status}", "sent_at": now, "status": "sent"}
    made: Page = PageFactory(run=run, **told)
    return made


def test_only_what_was_answered_is_silenced_and_once(team: Any, now: datetime, stopped_ones: list[str]) -> None:
    rings(team, now, "firing")
    rings(team, now, "acknowledged")
    assert [ringing.stop_ringing_due(now=now) for _ in range(2)] == [1, 0]
    assert stopped_ones == ["rec-acknowledged"]


@pytest.mark.parametrize(("permanent", "left"), [(False, 1), (True, 0)])
def test_what_could_not_be_silenced_is_tried_again(
    team: Any, now: datetime, monkeypatch: pytest.MonkeyPatch, permanent: bool, left: int
) -> None:
    def refuse(_: str) -> None:
        raise DeliveryError("no", permanent=permanent)

    monkeypatch.setattr(pushover, "stop_ringing", refuse)
    rings(team, now, "acknowledged")
    ringing.stop_ringing_due(now=now)
    assert Page.objects.filter(delivery="").count() == left
