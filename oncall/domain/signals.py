"""What every format becomes before anything is decided: one signal about one alert."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

FIRING = "firing"
ACKNOWLEDGED = "acknowledged"
RESOLVED = "resolved"
STATUSES = (FIRING, ACKNOWLEDGED, RESOLVED)
INSTANTS = ("started_at", "ended_at")


@dataclass(frozen=True, slots=True)
class Signal:
    """A sender's word about the alert of `dedup_key`: firing opens or joins it, the others act on the open one.

    `group_key` is the sender's own grouping, empty where it has none. `severity` is one of `alert_states.SEVERITIES`.
    """

    dedup_key: str
    status: str = FIRING
    title: str = ""
    severity: str = "critical"
    detail: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    annotations: Mapping[str, str] = field(default_factory=dict)
    group_key: str = ""
    runbook_url: str = ""
    links: Sequence[Mapping[str, str]] = ()
    images: Sequence[Mapping[str, str]] = ()
    started_at: datetime | None = None
    ended_at: datetime | None = None
    is_test: bool = False


def to_json(signal: Signal) -> dict[str, Any]:
    """The signal as it is kept until it is taken; empty fields are left out."""
    said = {name: getattr(signal, name) for name in Signal.__slots__}
    kept = {name: value for name, value in said.items() if value}
    return kept | {name: kept[name].isoformat() for name in INSTANTS if name in kept}


def from_json(said: Mapping[str, Any]) -> Signal:
    """What `to_json` was given."""
    instants = {name: datetime.fromisoformat(said[name]) for name in INSTANTS if name in said}
    return Signal(**{**said, **instants})
