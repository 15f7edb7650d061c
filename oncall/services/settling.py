"""The tick of alerts: what is due by its rows is done, whoever should have done it before.

Silences that begin and end, holds that run out, inhibitors that resolve, snoozes and quiet alerts. Any number of ticks
may run at once; each alert is settled in a transaction of its own, and one that breaks stands in nobody's way.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from oncall.domain import alert_states
from oncall.models import Alert, Silence
from oncall.selectors.inhibitors import LABELLED
from oncall.selectors.rulebooks import Rulebook
from oncall.services import alerts, groups, holds, snoozes
from oncall.services.batches import Batch
from portal.accounts.domain.actors import Actor

BATCH = 500
QUIET = Actor.system("quiet")

logger = logging.getLogger(__name__)


def settle_due(*, now: datetime, limit: int = BATCH) -> int:
    """Does what is due at `now`; says for how many alerts something changed."""
    book = Rulebook(now)
    done = _each(over_holds(now, limit), lambda pk: holds.redecide(pk, book=book))
    done += _each(_snoozed(now, limit), lambda pk: snoozes.wake(pk, now=now))
    done += _each(_quiet(now, limit), lambda pk: _end(pk, now))
    return done + _each(_caught(book, limit), lambda pk: holds.redecide(pk, book=book))


def over_holds(now: datetime, limit: int = BATCH) -> list[int]:
    """Open alerts whose hold may have ended: its time is over, its silence ended early, its inhibitor is gone."""
    held = Alert.objects.open().exclude(held_by="")
    ended = Q(silence=None) | Q(silence__ended_at__isnull=False)
    silenced = Q(held_by__in=[Alert.Held.SILENCED, Alert.Held.MAINTENANCE])
    gone = Q(inhibited_by=None) | Q(inhibited_by__status=alert_states.RESOLVED)
    gone |= Q(inhibited_by__quiet_since__isnull=False)
    due = Q(held_until__lte=now) | (silenced & ended) | (Q(held_by=Alert.Held.INHIBITED) & gone)
    return list(held.filter(due).order_by("held_until", "pk").values_list("pk", flat=True)[:limit])


def _snoozed(now: datetime, limit: int) -> list[int]:
    asleep = Alert.objects.open().filter(snoozed_until__lte=now)
    return list(asleep.order_by("snoozed_until").values_list("pk", flat=True)[:limit])


def _quiet(now: datetime, limit: int) -> list[int]:
    quiet = Alert.objects.open().filter(quiet_due_at__lte=now)
    return list(quiet.order_by("quiet_due_at").values_list("pk", flat=True)[:limit])


def _caught(book: Rulebook, limit: int) -> list[int]:
    """Open alerts that nothing holds yet although a silence of now catches them."""
    began = Silence.objects.filter(Q(ends_at__gt=book.now) | ~Q(rule=""), ended_at=None, starts_at__lte=book.now)
    found: list[int] = []
    for team_id in began.order_by("team_id").values_list("team_id", flat=True).distinct():
        if quiets := book.team(team_id).quiets:
            free = Alert.objects.open().filter(team_id=team_id, held_by="").only(*LABELLED).order_by("pk")
            for alert in free.iterator(2000):
                known = book.labels_of(alert)
                if any(one.catches(known, alert.service_id) for one in quiets):
                    found.append(alert.pk)
    return found[:limit]


def _end(pk: int, now: datetime) -> bool:
    alert, lead = groups.locked_with_lead(pk)
    if not alert.is_open or alert.quiet_due_at is None or alert.quiet_due_at > now:
        return False
    with Batch(now) as batch:
        alerts.over(alert, lead, actor=QUIET, batch=batch)
    return True


def _each(found: list[int], settle: Callable[[int], bool]) -> int:
    return sum(_safely(pk, settle) for pk in found)


def _safely(pk: int, settle: Callable[[int], bool]) -> bool:
    try:
        with transaction.atomic():
            return settle(pk)
    except Exception:
        logger.exception("Alert %s could not be settled; the next tick tries again.", pk)
        return False
