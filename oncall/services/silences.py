"""Silences and maintenance windows: who pages nobody, from when until when, and perhaps again and again."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from oncall.domain import matchers
from oncall.domain.matchers import Matcher
from oncall.models import Alert, Silence
from oncall.selectors import catches
from oncall.selectors.rulebooks import recurrence_of
from oncall.services import holds
from oncall.services.batches import Batch
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib import recurrences
from portal.lib.errors import Conflict, Invalid
from portal.lib.recurrences import BadRecurrence

FIRST_YEAR, LAST_YEAR = 2000, 2200


@dataclass(frozen=True, slots=True)
class SilenceFields:
    """What a responder decides. Without matchers the whole `service_id` is meant; `rule` is an RRULE in `zone`."""

    starts_at: datetime
    ends_at: datetime
    comment: str
    matchers: tuple[Matcher, ...] = ()
    service_id: int | None = None
    is_maintenance: bool = False
    rule: str = ""
    zone: str = "UTC"


@transaction.atomic
def create_silence(*, actor: Actor, team_id: int, fields: SilenceFields, now: datetime) -> Silence:
    """From then on what matches pages nobody; what is open and matches now is held at once."""
    silence = Silence(
        team_id=team_id,
        service_id=fields.service_id,
        matchers=matchers.to_json(fields.matchers),
        is_maintenance=fields.is_maintenance,
        starts_at=fields.starts_at,
        ends_at=fields.ends_at,
        rule=fields.rule.strip(),
        zone=fields.zone,
        comment=fields.comment,
        author=actor.label[:160],
        created_at=now,
    )
    problems = _problems(silence, now)
    if problems:
        raise Invalid(fields=problems)
    silence.save()
    audit.record(actor=actor, action="silence.created", target=silence, after=_facts(silence), now=now)
    with Batch(now) as batch:
        holds.redecide_all(catches.open_ids(batch.book, silence), batch)
    return silence


@transaction.atomic
def end_silence(*, actor: Actor, silence: Silence, now: datetime) -> Silence:
    """Ends it now, and for ever; what it held pages if it still fires. Ending it again changes nothing."""
    silence = Silence.objects.select_for_update(no_key=True, of=("self",)).get(pk=silence.pk)
    if silence.ended_at is not None:
        return silence
    if silence.ends_at <= now and not silence.rule:
        raise Conflict("This silence is over already.")
    silence.ended_at = now
    silence.save(update_fields=["ended_at"])
    audit.record(actor=actor, action="silence.ended", target=silence, after={"ended_at": now}, now=now)
    held = Alert.objects.open().filter(silence=silence).order_by("pk")
    with Batch(now) as batch:
        holds.redecide_all(list(held.values_list("pk", flat=True)), batch)
    return silence


def _problems(silence: Silence, now: datetime) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    if not silence.matchers and silence.service_id is None:
        found["matchers"] = ["Say what is meant: a service, or at least one matcher."]
    if wrong := _wrong_end(silence, now):
        found["ends_at"] = [wrong]
    if not silence.comment.strip():
        found["comment"] = ["Say why, for whoever wonders at three in the morning."]
    try:
        if "ends_at" not in found:
            recurrences.check(recurrence_of(silence))
            if silence.rule and catches.listed(silence, now).state == "past":
                found["rule"] = ["It never comes from now on."]
    except BadRecurrence as error:
        found["rule"] = [str(error)]
    return found


def _wrong_end(silence: Silence, now: datetime) -> str:
    if silence.starts_at.year < FIRST_YEAR or silence.ends_at.year > LAST_YEAR:
        return f"Choose times from {FIRST_YEAR} to {LAST_YEAR}."
    if silence.ends_at <= silence.starts_at:
        return "The end lies after the start."
    return "The end lies ahead." if silence.ends_at <= now and not silence.rule else ""


def _facts(silence: Silence) -> dict[str, Any]:
    names = ("matchers", "service_id", "is_maintenance", "starts_at", "ends_at", "rule", "zone", "comment")
    return {name: getattr(silence, name) for name in names}
