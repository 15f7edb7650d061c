"""The states of an incident and which may follow which."""

from enum import StrEnum


class Status(StrEnum):
    """What the responders know: it is being looked for, was found, is being watched, is over, is filed."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    CLOSED = "closed"


OPEN = frozenset({Status.INVESTIGATING, Status.IDENTIFIED, Status.MONITORING})
CHOICES = [(status.value, status.value.capitalize()) for status in Status]
OPEN_CHOICES = [(status.value, status.value.capitalize()) for status in Status if status in OPEN]
SEVERITIES = [
    (1, "SEV1 - users cannot work, all hands"),
    (2, "SEV2 - many users are hindered"),
    (3, "SEV3 - few users notice, or a workaround is there"),
    (4, "SEV4 - nobody notices yet"),
]
_NEXT: dict[Status, frozenset[Status]] = {
    Status.INVESTIGATING: OPEN | {Status.RESOLVED},
    Status.IDENTIFIED: OPEN | {Status.RESOLVED},
    Status.MONITORING: OPEN | {Status.RESOLVED},
    Status.RESOLVED: frozenset({Status.MONITORING, Status.INVESTIGATING, Status.CLOSED}),
    Status.CLOSED: frozenset(),
}


def is_open(status: str) -> bool:
    """Whether people still work on it."""
    return Status(status) in OPEN


def may_follow(before: str, after: str) -> bool:
    """Whether `after` may come next: open states in any order, closed only after resolved and for good."""
    return before != after and Status(after) in _NEXT[Status(before)]
