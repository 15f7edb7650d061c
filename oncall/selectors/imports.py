"""What an earlier import made, and what it would meet."""

from collections.abc import Iterable, Mapping

from oncall.models import EscalationPolicy, Schedule, ScheduleVersion

NOTE = "Imported: "
REASON = "Imported"
LONGEST_NOTE = 200


def note_of(key: str) -> str:
    """What the versions say that an import of the schedule `key` made."""
    return f"{NOTE}{key}"[:LONGEST_NOTE]


def imported_schedules(team_id: int, keys: Iterable[str]) -> Mapping[str, Schedule]:
    """The schedules of the team that imports of these keys made, by key; the newest where there are several."""
    by_note = {note_of(key): key for key in keys}
    made = ScheduleVersion.objects.filter(schedule__team_id=team_id, schedule__archived_at=None, note__in=by_note)
    ordered = made.select_related("schedule__team").order_by("effective_from", "pk")
    return {by_note[version.note]: version.schedule for version in ordered}


def latest_version(schedule: Schedule) -> ScheduleVersion | None:
    """The version without an end."""
    return schedule.versions.filter(effective_until=None).first()


def policies_named(team_id: int, names: Iterable[str]) -> Mapping[str, EscalationPolicy]:
    """The policies of the team that are called so, by name."""
    found = EscalationPolicy.objects.filter(team_id=team_id, archived_at=None, name__in=list(names))
    return {policy.name: policy for policy in found}
