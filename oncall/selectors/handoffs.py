"""What one shift hands to the next: notes and open alerts; and versions of a schedule in words."""

from django.db.models import QuerySet

from oncall.domain import definitions
from oncall.models import Alert, HandoffNote, Schedule, ScheduleVersion
from portal.accounts.selectors import people

MOST_ALERTS = 20


def notes(schedule: Schedule) -> QuerySet[HandoffNote]:
    """The handoff notes of a schedule, the newest first."""
    return HandoffNote.objects.filter(schedule=schedule).select_related("author").order_by("-created_at", "-pk")


def last_note(schedule: Schedule) -> HandoffNote | None:
    """What was written last."""
    return notes(schedule).first()


def open_alerts(schedule: Schedule) -> list[Alert]:
    """The open alerts of the team that whoever comes on call inherits, the worst and oldest first."""
    found = Alert.objects.open().filter(team_id=schedule.team_id, lead=None)
    return list(found.order_by("severity", "started_at")[:MOST_ALERTS])


def words(version: ScheduleVersion) -> list[str]:
    """What a version says, a line for each layer with its people in their order."""
    users = people.users_by_id(int(key) for key in definitions.people_of(version.definition) if key.isdigit())
    names = {str(pk): str(user) for pk, user in users.items()}
    lines = []
    for layer in version.definition.get("layers") or []:
        groups = [" and ".join(names.get(key, "?") for key in group) or "nobody" for group in layer["participants"]]
        rotation = layer["rotation"]
        lines.append(
            f"{layer.get('name', 'layer')}, {layer.get('role', 'primary')}: {_rhythm(rotation)}, {', '.join(groups)}"
        )
    return lines


def _rhythm(rotation: dict[str, object]) -> str:
    kind, interval = str(rotation.get("kind")), rotation.get("interval") or 1
    if kind == "custom":
        return "on weekdays"
    unit = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month"}.get(kind, kind)
    return f"every {unit}" if interval == 1 else f"every {interval} {unit}s"
