"""Alerts from machines come in: key, limit and body are checked, one row is written, and only then is it answered.

Nothing here decides about an alert; `taking` does, from the rows, in their order.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from oncall.domain import redaction, signals
from oncall.domain.formats import grafana, mails, pagerduty_events
from oncall.domain.formats.pagerduty_events import BadEvent
from oncall.domain.formats.words import BadSignals
from oncall.domain.integration_settings import SECRET
from oncall.domain.signals import Signal
from oncall.exceptions import KeyUnknown, NotSigned, SenderTooFast
from oncall.models import IncomingEvent, Integration
from oncall.selectors import keys
from oncall.selectors.keys import Door
from oncall.services import limits, readings
from portal.accounts.domain import secrets
from portal.lib import sealing
from portal.lib.ids import new_id
from portal.lib.sealing import BrokenSeal

SAMPLE, PROBLEM = 1500, 300
FORGOTTEN_AT_ONCE = 20_000
INSERT = """
INSERT INTO oncall_incomingevent (integration_id, received_at, signals, sample, status, tries, next_try_at, problem)
SELECT id, clock_timestamp(), %s, %s, %s, 0, clock_timestamp(), %s FROM oncall_integration
WHERE id = %s AND revoked_at IS NULL
AND (key_hash = %s OR (previous_key_hash = %s AND previous_key_until > clock_timestamp()))
"""


@dataclass(frozen=True, slots=True)
class Post:
    """What was posted to an address with a key in it."""

    kind: str
    key: str
    body: bytes
    headers: Mapping[str, str]


def integration_of(key: str, now: datetime) -> Integration:
    """The integration that holds this key and was not revoked; KeyUnknown."""
    return keys.integration_of(secrets.digest(key), now)


def receive(post: Post, *, now: datetime) -> list[Signal]:
    """Takes what was posted: once this returns it is stored and will be acted on, whatever dies.

    KeyUnknown, SenderTooFast, NotSigned, BadSignals. What is not understood or not signed is kept as failed, for
    the integration's page.
    """
    door = _entered(post.key, now)
    sample = sample_of(post.body, post.key)
    try:
        _check_signature(post, door, now)
        found = readings.signals_of(post.kind, readings.said_in(post.body), door.settings)
    except NotSigned as error:
        _put(door, [], sample, problem=error.title, now=now)
        raise
    except BadSignals as error:
        _put(door, [], sample, problem=f"Not understood. {error}", now=now)
        raise
    if found:
        _put(door, found, sample, now=now)
    return found


def refuse(key: str, problem: str, *, now: datetime) -> None:
    """Keeps for the integration's page that a post was refused unread. KeyUnknown, SenderTooFast."""
    _put(_entered(key, now), [], "", problem=problem, now=now)


def receive_event(event: Any, *, body: bytes, now: datetime) -> Signal:
    """Takes an event of PagerDuty's clients, whose key is in it. BadEvent, SenderTooFast."""
    key = pagerduty_events.routing_key_of(event)
    try:
        door = _entered(key, now)
    except KeyUnknown as error:
        raise BadEvent(["'routing_key' is unknown or was revoked"]) from error
    if door.settings.get(SECRET):
        raise BadEvent(["'routing_key' belongs to an integration that takes only signed posts"])
    sample = sample_of(body, key)
    try:
        found = pagerduty_events.parse(event, readings.words_of(door.settings), new_key=new_id("evt"))
    except BadEvent as error:
        _put(door, [], sample, problem=f"Not understood. {error}", now=now)
        raise
    _put(door, [found], sample, now=now)
    return found


def receive_mail(key: str, raw: bytes, *, now: datetime) -> Signal:
    """Takes a mail to the address of a key. KeyUnknown, SenderTooFast, NotSigned where only signed posts are taken."""
    door = _entered(key, now)
    if door.settings.get(SECRET):
        raise NotSigned
    resolve_words = tuple(door.settings.get("resolve_words") or mails.RESOLVE_WORDS)
    found = mails.parse(mails.read(raw), readings.words_of(door.settings), resolve_words)
    _put(door, [found], sample_of(raw, key), now=now)
    return found


def put(integration: Integration, found: Sequence[Signal], *, sample: str, now: datetime) -> None:
    """Stores signals of an integration as if they had come in by its key."""
    door = Door(integration.pk, integration.key_hash, integration.kind, 0, integration.settings, now)
    _put(door, found, sample, now=now)


def sample_of(body: bytes, key: str) -> str:
    """The beginning of a body as people may see it: without its key and what looks like a secret."""
    text = body[: 2 * SAMPLE].decode("utf-8", errors="replace")
    return redaction.redacted(text, [key])[:SAMPLE]


def forget_incoming_due(*, now: datetime, kept_for: timedelta) -> int:
    """Deletes what was taken or has failed longer ago than it is kept, some at a time; how many."""
    old = IncomingEvent.objects.filter(received_at__lt=now - kept_for).exclude(status=IncomingEvent.Status.PENDING)
    oldest = old.order_by("received_at").values("pk")[:FORGOTTEN_AT_ONCE]
    return IncomingEvent.objects.filter(pk__in=oldest).delete()[0]


def _entered(key: str, now: datetime) -> Door:
    door = keys.door_of(secrets.digest(key), now)
    wait = limits.wait_for(door.id, rate_per_minute=door.rate_per_minute, now=now)
    if wait:
        raise SenderTooFast(f"This key may be used {door.rate_per_minute} times a minute.", retry_after=wait)
    return door


def _check_signature(post: Post, door: Door, now: datetime) -> None:
    """Whoever configured a secret takes nothing without its signature, by whatever format it comes."""
    sealed = door.settings.get(SECRET)
    if not sealed:
        return
    wanted = door.settings.get("hmac_timestamp_header")
    timestamp = post.headers.get(wanted, "") if wanted else None
    try:
        secret = sealing.unseal(sealed)
    except BrokenSeal as error:
        raise NotSigned(str(error)) from error
    is_signed = grafana.is_signed(
        post.body,
        secret=secret,
        signature=post.headers.get(grafana.SIGNATURE, ""),
        timestamp=timestamp,
        now_seconds=now.timestamp(),
    )
    if not is_signed:
        raise NotSigned


def _put(door: Door, found: Iterable[Signal], sample: str, *, problem: str = "", now: datetime) -> None:
    """One row, committed with this statement, which checks the key once more. KeyUnknown."""
    status = IncomingEvent.Status.FAILED if problem else IncomingEvent.Status.PENDING
    said = json.dumps([signals.to_json(one) for one in found])
    with connection.cursor() as cursor:
        told: list[Any] = [said, sample, status.value, problem[:PROBLEM], door.id, door.digest, door.digest]
        cursor.execute(INSERT, told)
        if cursor.rowcount:
            return
        keys.forget(door.digest)
        told[4] = keys.door_of(door.digest, now).id
        cursor.execute(INSERT, told)
        if not cursor.rowcount:
            raise KeyUnknown
