"""Silences hold what matches from their beginning on, say what is wrong with them, and end early."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.domain import matchers
from oncall.models import Alert, Silence
from oncall.services import silences
from oncall.services.silences import SilenceFields
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Conflict, Invalid
from tests.factories.oncall import SilenceFactory, arriving

PERSON = Actor(kind="user", label="Alice")
HOUR = timedelta(hours=1)


@pytest.fixture
def silenced(team: Any, now: datetime) -> Callable[..., Silence]:
    """Silences what is critical for 25 hours."""

    def make(**changes: Any) -> Silence:
        given: dict[str, Any] = {
            "starts_at": now,
            "ends_at": now + 25 * HOUR,
            "comment": "Moving",
            "matchers": matchers.parse("severity=critical"),
        }
        return silences.create_silence(
            actor=PERSON, team_id=team.pk, fields=SilenceFields(**(given | changes)), now=now
        )

    return make


def test_a_silence_stops_what_pages_already(silenced: Callable[..., Silence], team: Any) -> None:
    alert, other = arriving(team, "a"), arriving(team, "b", severity="warning")
    silence = silenced()
    found = Alert.objects.get(pk=alert.pk)
    assert (found.held_by, found.held_until, found.runs.get().status) == ("silenced", silence.ends_at, "stopped")
    assert Alert.objects.get(pk=other.pk).held_by == ""


def test_one_in_the_future_waits(silenced: Callable[..., Silence], team: Any, now: datetime) -> None:
    arriving(team)
    silenced(starts_at=now + HOUR)
    assert Alert.objects.get().held_by == ""


def test_ending_it_pages_at_once(silenced: Callable[..., Silence], team: Any, now: datetime) -> None:
    silence = silenced()
    alert = arriving(team)
    for _ in range(2):
        silences.end_silence(actor=PERSON, silence=silence, now=now + HOUR)
    assert (Alert.objects.get().held_by, alert.runs.get().status) == ("", "active")
    actions = AuditEntry.objects.filter(target_id=silence.public_id).values_list("action", flat=True)
    assert sorted(actions) == ["silence.created", "silence.ended"]


def test_what_is_over_cannot_be_ended(team: Any, now: datetime) -> None:
    with pytest.raises(Conflict):
        silences.end_silence(actor=PERSON, silence=SilenceFactory(team=team), now=now + 3 * HOUR)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"matchers": ()}, "matchers"),
        ({"comment": "  "}, "comment"),
        ({"hours": 0}, "ends_at"),
        ({"rule": "FREQ=HOURLY"}, "rule"),
        ({"rule": "FREQ=DAILY"}, "rule"),
        ({"zone": "Mars/Base"}, "rule"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20200101T000000"}, "rule"),
        ({"hours": 200 * 366 * 24}, "ends_at"),
    ],
    ids=["everything", "no-reason", "no-time", "hourly", "overlaps-itself", "no-zone", "never", "out-of-reach"],
)
def test_what_is_wrong_is_named(silenced: Callable[..., Silence], now: datetime, changes: Any, field: str) -> None:
    ends = {"ends_at": now + changes.pop("hours") * HOUR} if "hours" in changes else {}
    with pytest.raises(Invalid) as caught:
        silenced(**changes, **ends)
    assert list(caught.value.fields) == [field]


def test_a_window_of_every_week_is_kept(silenced: Callable[..., Silence]) -> None:
    assert silenced(rule="FREQ=WEEKLY;BYDAY=WE", is_maintenance=True).rule == "FREQ=WEEKLY;BYDAY=WE"
