"""The life of an alert: firing, acknowledged, resolved; and which severities wake people."""

from typing import Literal

FIRING = "firing"
ACKNOWLEDGED = "acknowledged"
RESOLVED = "resolved"
OPEN = (FIRING, ACKNOWLEDGED)

SEVERITIES = ("critical", "warning", "info")
PAGING = "critical"

Action = Literal["acknowledge", "resolve", "fire_again"]
MOVES: dict[tuple[str, Action], str] = {
    (FIRING, "acknowledge"): ACKNOWLEDGED,
    (FIRING, "resolve"): RESOLVED,
    (ACKNOWLEDGED, "resolve"): RESOLVED,
    (ACKNOWLEDGED, "fire_again"): FIRING,
}


def after(status: str, action: Action) -> str | None:
    """The status after `action`, or None when the action changes nothing (an ack of an acknowledged alert)."""
    return MOVES.get((status, action))


def pages(severity: str) -> bool:
    """Whether an alert of this severity wakes somebody; the others are tickets."""
    return severity == PAGING


def is_worse(severity: str, than: str) -> bool:
    """Whether `severity` is more urgent than `than`."""
    return SEVERITIES.index(severity) < SEVERITIES.index(than)
