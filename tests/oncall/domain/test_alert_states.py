"""The life of an alert."""

import pytest

from oncall.domain import alert_states
from oncall.domain.alert_states import Action


@pytest.mark.parametrize(
    ("status", "action", "after"),
    [
        ("firing", "acknowledge", "acknowledged"),
        ("firing", "resolve", "resolved"),
        ("acknowledged", "resolve", "resolved"),
        ("acknowledged", "acknowledge", None),
        ("acknowledged", "fire_again", "firing"),
        ("resolved", "acknowledge", None),
        ("resolved", "resolve", None),
        ("resolved", "fire_again", None),
    ],
)
def test_each_move(status: str, action: Action, after: str | None) -> None:
    assert alert_states.after(status, action) == after


def test_only_critical_alerts_wake_somebody() -> None:
    assert [word for word in alert_states.SEVERITIES if alert_states.pages(word)] == ["critical"]


def test_worse_means_more_urgent() -> None:
    assert alert_states.is_worse("critical", "warning")
    assert not alert_states.is_worse("info", "info")
