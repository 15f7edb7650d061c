"""The kinds of timeline entries and how facts of other apps read on a timeline."""

from enum import StrEnum


class Kind(StrEnum):
    NOTE = "note"
    ALERT = "alert"
    PAGE = "page"
    ACK = "ack"
    RELEASE = "release"
    STATUS = "status"
    ROLE = "role"
    UPDATE = "update"
    MILESTONE = "milestone"
    CORRECTION = "correction"


CHOICES = [(kind.value, kind.value.capitalize()) for kind in Kind]
PEOPLE = "people"
ONCALL = "oncall"
SLO = "slo"
OWN = "incidents"
_ALERT_EVENTS = {
    "fired": (Kind.ALERT, "Alert fired"),
    "resolved": (Kind.ALERT, "Alert resolved"),
    "paged": (Kind.PAGE, "Paged"),
    "page_failed": (Kind.PAGE, "A page failed"),
    "escalated": (Kind.PAGE, "Escalated"),
    "exhausted": (Kind.PAGE, "Nobody is left to page"),
    "acknowledged": (Kind.ACK, "Acknowledged"),
}


def alert_entry(kind: str, title: str, detail: str) -> tuple[Kind, str]:
    """How an event of an alert reads: `Paged: High error rate (mail to Ada)`. Unknown kinds keep their own word."""
    shown, verb = _ALERT_EVENTS.get(kind, (Kind.ALERT, "Alert " + kind.replace("_", " ")))
    return shown, f"{verb}: {title}" + (f" ({detail})" if detail and detail != title else "")


def shown_alert_events() -> frozenset[str]:
    """The kinds of alert events that belong on a timeline; repeats of a firing alert do not."""
    return frozenset(_ALERT_EVENTS)
