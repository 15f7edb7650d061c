"""Past shifts are put on record, so that no later edit rewrites who was on call."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Min, Q

from oncall.models import Schedule, Shift
from oncall.selectors import schedules
from portal.lib.times import floor_hour

AT_ONCE = timedelta(days=60)


def record_due(*, now: datetime) -> int:
    """Records each schedule up to the last full hour, or to when it was archived; answers how many were moved on.

    A repeat finds nothing: the rows and the mark up to which they go are written together, under a lock of the row.
    """
    hour = floor_hour(now)
    behind = Q(recorded_until=None) | Q(recorded_until__lt=hour)
    alive = Q(archived_at=None) | Q(recorded_until=None) | Q(recorded_until__lt=F("archived_at"))
    due = Schedule.objects.filter(behind & alive).values_list("pk", flat=True)
    return sum(_record(pk, hour) for pk in list(due))


@transaction.atomic
def _record(pk: int, hour: datetime) -> bool:
    found = Schedule.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=pk).first()
    if found is None:
        return False
    first = found.versions.aggregate(first=Min("effective_from"))["first"]
    start = found.recorded_until or first
    until = min(hour, found.archived_at or hour)
    if start is None or until <= start:
        return False
    end = min(until, start + AT_ONCE)
    _write(found, start, end)
    found.recorded_until = end
    found.save(update_fields=["recorded_until"])
    return True


def _write(schedule: Schedule, start: datetime, end: datetime) -> None:
    """Lengthens the shifts that run on over `start`, and adds the others."""
    running = {
        (row.role, row.user_id, row.source): row for row in Shift.objects.filter(schedule=schedule, ends_at=start)
    }
    for one in schedules.segments(schedule, start, end):
        for person in one.people:
            before = running.get((one.role, int(person), one.source)) if one.start == start else None
            if before is None:
                span = {"starts_at": one.start, "ends_at": one.end, "source": one.source[:200]}
                Shift.objects.create(schedule=schedule, role=one.role[:20], user_id=int(person), **span)
            else:
                before.ends_at = one.end
                before.save(update_fields=["ends_at"])
