"""Whether paging keeps up: how late the oldest due row is, on the database's own clock."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Max, Min

from oncall.models import Alert, EscalationRun, IncomingEvent, Page, PagerHeartbeat
from oncall.selectors import page_queue

LIMIT = timedelta(seconds=60)
SILENT_AFTER = timedelta(seconds=60)


def database_now() -> datetime:
    """The time of the database, which all pagers share."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def due_from(now: datetime) -> datetime:
    """`now`, or the database's time where the clock of the caller is ahead of it: what is due now waits for nobody."""
    return min(now, database_now())


def lateness(now: datetime) -> timedelta:
    """How long the oldest due run, page, incoming alert or end of a silence has waited; zero when nothing is due."""
    open_pages, open_alerts = page_queue.may_leave(now), Alert.objects.open()
    oldest = [
        EscalationRun.objects.filter(status=EscalationRun.Status.ACTIVE).aggregate(at=Min("next_run_at"))["at"],
        IncomingEvent.objects.filter(status=IncomingEvent.Status.PENDING).aggregate(at=Min("next_try_at"))["at"],
        open_pages.filter(status=Page.Status.PENDING).aggregate(at=Min("due_at"))["at"],
        open_pages.filter(status=Page.Status.SENDING).aggregate(at=Min("lease_until"))["at"],
        open_alerts.exclude(held_by="").aggregate(at=Min("held_until"))["at"],
        open_alerts.aggregate(at=Min("snoozed_until"))["at"],
    ]
    return max([now - at for at in oldest if at is not None and at < now], default=timedelta())


def why_late(now: datetime) -> str | None:
    """What readiness says while a due row is more than 60 s late; None when paging keeps up."""
    late = lateness(now)
    return f"A page has been due for {round(late.total_seconds())} s." if late > LIMIT else None


def problem(_now: datetime) -> str | None:
    """`why_late` for readiness: on the database's clock, whatever that of the asked process says."""
    return why_late(database_now())


def pagers_alive(now: datetime) -> int:
    """How many pagers gave a sign of life within the last minute."""
    return PagerHeartbeat.objects.filter(beat_at__gt=now - SILENT_AFTER).count()


def silence(now: datetime) -> str | None:
    """That no pager runs any more, where one has ever run; None where one lives."""
    last = PagerHeartbeat.objects.aggregate(at=Max("beat_at"))["at"]
    if last is None or now - last < SILENT_AFTER:
        return None
    return f"No pager has given a sign of life for {round((now - last).total_seconds())} s."
