"""What came in is acted on: rows of `IncomingEvent` in their order, integration by integration in turns."""

import logging
import time
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import Error, InterfaceError, OperationalError, connection, transaction
from django.db.models import Count, Min

from oncall.domain import signals
from oncall.domain.signals import ACKNOWLEDGED, RESOLVED, Signal
from oncall.models import IncomingEvent, Integration
from oncall.services import alerts
from oncall.services.batches import Batch
from portal.accounts.domain.actors import Actor

LOCKS = 7050
ROWS, SIGNALS = 100, 100
"""How much one integration may have taken before the next one has its turn, and how much is held in one transaction."""
LIMIT = 200
FEW = 3
PAUSES = (timedelta(seconds=1), timedelta(seconds=2), timedelta(seconds=4), timedelta(seconds=8))
PROBLEM = 300
SEEN_EVERY = timedelta(minutes=1)

logger = logging.getLogger(__name__)
_served: dict[int, float] = {}


def take_due(*, now: datetime, limit: int = LIMIT) -> int:
    """Acts on what has come in, about `limit` signals of it, and returns how many there were. Any number may run.

    Doors with a few posts have their turn first, then those that had none for the longest time. It is for the caller to
    look at the clock and go on: so one that has just spoken has its turn soon, whatever storm the others make.

    Signals of one integration about one alert are acted on in the order in which they came, also after failures. The
    doors of one team are those of one process at a time: they share groups and inhibitors.
    """
    taken, waiting = 0, deque(_waiting(now))
    while waiting and taken < limit:
        integration_id = waiting.popleft()
        done = _turn(integration_id, now)
        _served[integration_id] = time.monotonic()
        taken += done
        if done:
            waiting.append(integration_id)
    return taken


def apply_all(said: Sequence[Signal], *, integration: Integration, now: datetime) -> None:
    """Acts on signals in their order, all of them or none, in the caller's transaction."""
    with Batch(now) as batch:
        batch.book.know(integration)
        batch.book.expect(integration.team_id, [one.labels for one in said])
        batch.expect(integration.public_id, [one.dedup_key for one in said])
        for one in said:
            _apply(one, integration, batch)


def _apply(signal: Signal, integration: Integration, batch: Batch) -> None:
    """What is about an alert that is not open is dropped, which is no error. A repeat is harmless."""
    actor, source = actor_of(integration), integration.public_id
    if signal.status == RESOLVED:
        alerts.resolve_alert(actor=actor, source=source, dedup_key=signal.dedup_key, batch=batch, now=batch.now)
        return
    if signal.status == ACKNOWLEDGED:
        found = batch.open_alert(source, signal.dedup_key)
        if found is not None:
            with batch.aside():
                alerts.acknowledge_alert(actor=actor, alert=found, now=batch.now)
        return
    alerts.open_alert(
        actor=actor,
        team_id=integration.team_id,
        service_id=integration.service_id,
        source=source,
        dedup_key=signal.dedup_key,
        title=signal.title,
        severity=signal.severity,
        detail=signal.detail,
        runbook_url=signal.runbook_url,
        links=list(signal.links),
        labels=signal.labels,
        annotations=signal.annotations,
        images=list(signal.images),
        group_key=signal.group_key,
        integration_id=integration.pk,
        started_at=signal.started_at,
        is_test=signal.is_test,
        batch=batch,
        now=batch.now,
    )


def actor_of(integration: Integration) -> Actor:
    """Who acts when a sender does."""
    return Actor.system(f"integration {integration.name}")


def _waiting(now: datetime) -> list[int]:
    """The doors at which something is due, in the order of their turns."""
    due = IncomingEvent.objects.filter(status=IncomingEvent.Status.PENDING, next_try_at__lte=now)
    doors = due.values_list("integration_id").annotate(count=Count("pk"), first=Min("pk")).order_by("first")
    return [pk for pk, *_ in sorted(doors, key=lambda door: (door[1] > FEW, _served.get(door[0], 0.0)))]


def _turn(integration_id: int, now: datetime) -> int:
    """One integration's turn: all at once, or where that fails row by row, so that one cannot hold up the others."""
    try:
        return _together(integration_id, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        logger.warning("Alerts of integration %s are taken one by one: %s", integration_id, type(error).__name__)
        return _one_by_one(integration_id, now)


@transaction.atomic
def _together(integration_id: int, now: datetime) -> int:
    integration, rows = _claimed(integration_id, now)
    if integration is None or not rows:
        return 0
    found = [signals.from_json(said) for row in rows for said in row.signals]
    apply_all(found, integration=integration, now=now)
    _finish([row.pk for row in rows], now)
    _note_use(integration, rows, now)
    return sum(max(1, len(row.signals)) for row in rows)


@transaction.atomic
def _one_by_one(integration_id: int, now: datetime) -> int:
    integration, rows = _claimed(integration_id, now)
    if integration is None:
        return 0
    for row in rows:
        left, problem = _try(row, integration, now)
        if left:
            _put_off(row, left, problem, integration, now)
        else:
            _finish([row.pk], now)
    return sum(max(1, len(row.signals)) for row in rows)


def _claimed(integration_id: int, now: datetime) -> tuple[Integration | None, list[IncomingEvent]]:
    """The integration and the rows that may be acted on now; nothing while another process is at it."""
    integration = Integration.objects.get(pk=integration_id)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCKS, integration.team_id])
        if not cursor.fetchone()[0]:
            return None, []
    pending = IncomingEvent.objects.filter(integration_id=integration_id, status=IncomingEvent.Status.PENDING)
    rows = _free(pending.order_by("pk")[:ROWS], now)
    return (integration, rows) if rows else (None, [])


def _free(pending: Iterable[IncomingEvent], now: datetime) -> list[IncomingEvent]:
    """Rows that are due and about no alert that an earlier one still waits for; about a hundred signals."""
    blocked: set[str] = set()
    found: list[IncomingEvent] = []
    weight = 0
    for row in pending:
        names = {str(said["dedup_key"]) for said in row.signals}
        if row.next_try_at > now or names & blocked:
            blocked |= names
        elif weight < SIGNALS:
            found.append(row)
            weight += len(row.signals)
        else:
            break
    return found


def _try(row: IncomingEvent, integration: Integration, now: datetime) -> tuple[list[dict[str, Any]], str]:
    """Acts on each signal of a row by itself: those that failed, and why the last of them did."""
    left, problem = [], ""
    for said in row.signals:
        try:
            with transaction.atomic():
                apply_all([signals.from_json(said)], integration=integration, now=now)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            logger.exception("A signal of integration %s could not be taken.", integration.public_id)
            left.append(said)
            problem = f"{type(error).__name__}: {error}"
    return left, problem


def _put_off(
    row: IncomingEvent, left: Sequence[dict[str, Any]], problem: str, integration: Integration, now: datetime
) -> None:
    """Keeps what failed for a later try; after the last one it has failed, and its team is paged about that."""
    row.signals, row.problem = list(left), problem[:PROBLEM].replace("\0", "")
    row.tries += 1
    if row.tries <= len(PAUSES):
        row.next_try_at = now + PAUSES[row.tries - 1]
    else:
        row.status, row.done_at = IncomingEvent.Status.FAILED, now
        _tell_failure(integration, now)
    row.save(update_fields=["signals", "problem", "tries", "next_try_at", "status", "done_at"])


def _tell_failure(integration: Integration, now: datetime) -> None:
    told = Signal(
        dedup_key="portal:intake",
        title="Read what an integration could not take",
        detail=f"An alert of {integration.name} could not be opened. It stands on the page of the integration.",
    )
    try:
        with transaction.atomic():
            apply_all([told], integration=integration, now=now)
    except Error:
        logger.exception("The failure of integration %s could not be told.", integration.public_id)


def _finish(ids: Sequence[int], now: datetime) -> None:
    done = {"status": IncomingEvent.Status.DONE, "done_at": now, "problem": ""}
    IncomingEvent.objects.filter(pk__in=ids).update(**done)


def _note_use(integration: Integration, rows: Sequence[IncomingEvent], now: datetime) -> None:
    """Keeps the last use to the minute, so that a storm does not fight for one row."""
    seen = max(row.received_at for row in rows)
    if integration.last_used_at is None or seen - integration.last_used_at > SEEN_EVERY:
        Integration.objects.filter(pk=integration.pk).update(last_used_at=seen)
