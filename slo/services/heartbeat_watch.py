"""The watch over heartbeats: who is late or down, which runs count, and when the portal itself could not hear."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, Q

from slo.clients import door
from slo.domain.heartbeats import Outcome, State, excused, looked
from slo.domain.windows import MINUTE, floor_to
from slo.models import Heartbeat, PingDoor
from slo.services import bulk, counts
from slo.services.heartbeat_rows import pulse_of, schedule_of, set_pulse
from slo.services.pings import move
from slo.services.retention import SHORTEST

BATCH = 200
COUNTED_AT_ONCE = 5000
CLOSED = timedelta(seconds=60)
TRUST = timedelta(hours=1)
TAKE_UNCOUNTED = """
UPDATE slo_heartbeatrun AS run SET is_counted = true
FROM (
    SELECT id FROM slo_heartbeatrun WHERE NOT is_counted ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
) AS taken, slo_heartbeat AS heartbeat
WHERE run.id = taken.id AND heartbeat.id = run.heartbeat_id
RETURNING heartbeat.sli_id, run.due_at, run.outcome
"""
MOVE_CURSORS = """
UPDATE slo_sli AS sli SET counted_until = r.until
FROM json_to_recordset(%s) AS r(id bigint, until timestamptz)
WHERE sli.id = r.id AND (sli.counted_until IS NULL OR sli.counted_until < r.until)
"""


def watch_due(*, now: datetime, own_url: str, minute_days: int) -> int:
    """Finds heartbeats that are late or down and opens their alerts, then counts what became an event.

    While the portal's own web process does not answer nothing is judged, for no ping could come in; what was expected
    meanwhile is unmeasured. A door that was not seen open for an hour is not believed to be closed any more.
    """
    is_open = door.is_open(own_url)
    if is_open is False and PingDoor.objects.filter(seen_open_at__gt=now - TRUST).exists():
        return 0
    if is_open:
        note_open(now=now)
    moved = 0
    while batch := _watch(now):
        moved += batch
    count_events(now=now, minute_days=minute_days)
    return moved


@transaction.atomic
def note_open(*, now: datetime) -> int:
    """Notes that pings can come in, and excuses the heartbeats whose pings may have been lost since that was last so.

    Returns how many were excused. A ping that was heard meanwhile proves that the door was open until then.
    """
    known, made = PingDoor.objects.select_for_update().get_or_create(pk=1, defaults={"seen_open_at": now})
    closed_at = known.seen_open_at
    if made or closed_at >= now:
        return 0
    PingDoor.objects.filter(pk=known.pk).update(seen_open_at=now)
    if now - closed_at <= CLOSED:
        return 0
    heard_at = Heartbeat.objects.aggregate(last=Max("last_ping_at"))["last"]
    closed_at = max(closed_at, heard_at or closed_at)
    return _excuse(closed_at, now) if now - closed_at > CLOSED else 0


def _excuse(closed_at: datetime, opened_at: datetime) -> int:
    waiting = Heartbeat.objects.exclude(state=State.PAUSED).filter(
        Q(expected_at__isnull=False) | Q(started_at__isnull=False)
    )
    number = 0
    for heartbeat in waiting.select_for_update(no_key=True).order_by("pk"):
        before = pulse_of(heartbeat)
        after = excused(before, closed_at, opened_at, schedule_of(heartbeat))
        if after != before:
            set_pulse(heartbeat, after, opened_at)
            heartbeat.save(update_fields=["expected_at", "started_at", "open_rid", "next_due_at"])
            number += 1
    return number


@transaction.atomic
def _watch(now: datetime) -> int:
    due = Heartbeat.objects.select_for_update(skip_locked=True, no_key=True).filter(next_due_at__lte=now)
    batch = list(due.order_by("next_due_at")[:BATCH])
    for heartbeat in batch:
        move(heartbeat, looked(pulse_of(heartbeat), now, schedule_of(heartbeat)), now)
        heartbeat.save(
            update_fields=["state", "state_since", "reason", "expected_at", "next_due_at", "started_at", "open_rid"]
        )
    return len(batch)


@transaction.atomic
def count_events(*, now: datetime, minute_days: int) -> int:
    """Makes each answered or missed run one event of the minute it was due in; a repeat counts nothing again."""
    with connection.cursor() as cursor:
        values: list[Any] = [COUNTED_AT_ONCE]
        cursor.execute(TAKE_UNCOUNTED, values)
        taken = cursor.fetchall()
    oldest = counts.oldest_kept_day(now, max(minute_days, SHORTEST))
    rows = [
        counts.MinuteRow(sli_id, floor_to(due_at, MINUTE), int(outcome == Outcome.OK), 1)
        for sli_id, due_at, outcome in taken
        if due_at is not None and due_at >= oldest
    ]
    counts.add_minutes(rows, now=now)
    ends: dict[int, datetime] = {}
    for row in rows:
        ends[row.sli_id] = max(row.minute + MINUTE, ends.get(row.sli_id, row.minute))
    bulk.execute(MOVE_CURSORS, [{"id": pk, "until": end} for pk, end in ends.items()])
    return len(rows)
