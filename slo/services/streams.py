"""The streams that statuses are computed from: an SLI itself, or one of the SLO's own that follows other SLIs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Min

from slo.domain.streams import recipe_of
from slo.domain.windows import EPOCH, HOUR, MINUTE, floor_to, watermark
from slo.models import MinuteCount, Sli, Slo, SloStatus, StreamPart
from slo.selectors import adjustments
from slo.services import counts, derivation, latencies, past, sums
from slo.services.derivation import OWN_KINDS, Stream

LOOK_BACK = timedelta(minutes=5)
SLICED = {"freshness", "throughput"}


@dataclass(frozen=True, slots=True)
class Plan:
    """What an SLO's numbers come from: SLIs with their weights."""

    parents: Mapping[Sli, int]
    is_composite: bool = False

    @property
    def only(self) -> Sli:
        """The one SLI of an SLO that is no composite."""
        return next(iter(self.parents))


@transaction.atomic
def ensure_stream(*, slo: Slo, now: datetime, is_new: bool = False) -> Slo:
    """Gives the SLO the stream that its promise asks for; a repeat changes nothing.

    A stream of its own is filled from the minutes that are kept. Older hours stay as they were counted before, each
    with its ratio, unless the SLO `is_new`; an SLO that has its own stream keeps it, because its past is there.
    Composites that this SLO is a part of follow.
    """
    former = Sli.objects.get(pk=Slo.objects.select_for_update().values_list("stream_id", flat=True).get(pk=slo.pk))
    plan = _plan(slo, now)
    if not plan.parents:
        return slo
    own = Sli.objects.filter(owner=slo).first()
    if own is None and not _needs_own(slo, plan, None if is_new else former):
        stream = plan.only
    else:
        stream = _own(slo, own, plan, None if is_new else former, now)
    slo.stream = stream
    if stream.pk != former.pk:
        Slo.objects.filter(pk=slo.pk).update(stream=stream)
        SloStatus.objects.filter(slo=slo).update(window_end=EPOCH)
        for composite in Slo.objects.filter(parts__part=slo, archived_at=None):
            ensure_stream(slo=composite, now=now)
    return slo


def refill(stream: Stream, start: datetime, end: datetime, *, now: datetime) -> None:
    """Computes the minutes of `[start, end)` anew, their closed hours and days, and the streams that follow."""
    start, end = floor_to(start, MINUTE), floor_to(end, MINUTE)
    if start >= end:
        return
    minutes = [start + number * MINUTE for number in range((end - start) // MINUTE)]
    counts.replace_minutes(stream.sli.pk, start, end, derivation.rows_of({stream: minutes}))
    sums.sum_again(stream.sli.pk, start, end, now=now)
    followers = StreamPart.objects.filter(parent=stream.sli, stream__kind__in=OWN_KINDS)
    for follower in derivation.locked(followers.values_list("stream_id", flat=True)):
        refill(follower, start, min(end + follower.recipe.reach, open_end(now)), now=now)
        SloStatus.objects.filter(slo=follower.slo).update(window_end=EPOCH)


def _plan(slo: Slo, now: datetime) -> Plan:
    parts = list(slo.parts.select_related("part__stream"))
    if parts or slo.sli.kind == "composite":
        weights: dict[Sli, int] = {}
        for one in parts:
            weights[one.part.stream] = weights.get(one.part.stream, 0) + one.weight
        return Plan(weights, is_composite=True)
    if slo.category == "latency" and slo.threshold is not None and slo.sli.kind == "probe":
        return Plan({latencies.ensure_latency_sli(sli=slo.sli, limit_ms=slo.threshold, now=now): 1})
    return Plan({slo.sli: 1})


def _needs_own(slo: Slo, plan: Plan, former: Sli | None) -> bool:
    asks = plan.is_composite or slo.method != "occurrences" or slo.category in SLICED or bool(slo.schedule)
    has_past = former is not None and former.pk != plan.only.pk
    return asks or has_past or adjustments.are_there_for(slo)


def _own(slo: Slo, own: Sli | None, plan: Plan, former: Sli | None, now: datetime) -> Sli:
    settings = _settings(slo, plan)
    if own is not None and own.settings == settings:
        return own
    before = recipe_of(own.settings).unit if own is not None and own.settings else None
    sli = own or Sli(owner=slo, service_id=slo.service_id, created_at=now)
    sli.name, sli.kind, sli.settings = slo.name, "composite" if plan.is_composite else "derived", settings
    sli.every = recipe_of(settings).every
    began = [parent.started_at for parent in plan.parents] + ([sli.started_at] if before else [])
    sli.started_at, sli.counted_until = min(began), watermark(now) - LOOK_BACK
    sli.save()
    _link(sli, plan.parents)
    (stream,) = derivation.locked([sli.pk])
    first = kept_from(stream, now)
    if before is None:
        past.begin(stream, [former] if former and former.pk != sli.pk else [], until=first)
    else:
        past.rescale(stream, before, until=first)
    refill(stream, first, open_end(now), now=now)
    for correction in adjustments.corrections_of(slo) if before is None else []:
        past.adjust(stream, correction, until=first)
    sums.sum_all_days(sli.pk, now)
    SloStatus.objects.filter(slo=slo).update(window_end=EPOCH)
    return sli


def _settings(slo: Slo, plan: Plan) -> dict[str, Any]:
    parents = sorted(plan.parents.items(), key=lambda item: item[0].pk)
    return {
        "parts": [{"sli": sli.pk, "weight": weight, "every": sli.every.total_seconds()} for sli, weight in parents],
        "is_composite": plan.is_composite,
        "method": slo.method,
        "slice_target": None if slo.slice_target is None else f"{slo.slice_target.normalize():f}",
        "category": slo.category,
        "threshold": None if slo.threshold is None else f"{slo.threshold.normalize():f}",
        "schedule": slo.schedule,
        "zone": slo.zone,
        "excludes_maintenance": slo.excludes_maintenance,
        "every": 60.0 if plan.is_composite else plan.only.every.total_seconds(),
        "depth": 1 + max(_depth(sli) for sli in plan.parents),
    }


def _depth(sli: Sli) -> int:
    return int(sli.settings["depth"]) if sli.kind in OWN_KINDS and sli.settings else 0


def _link(sli: Sli, parents: Mapping[Sli, int]) -> None:
    StreamPart.objects.filter(stream=sli).delete()
    StreamPart.objects.bulk_create(
        StreamPart(stream=sli, parent=parent, weight=weight) for parent, weight in parents.items()
    )


def kept_from(stream: Stream, now: datetime) -> datetime:
    """The hour from which minutes are there, of the stream or of a part; the open hour when there are none."""
    ids = [stream.sli.pk, *(part.sli_id for part in stream.recipe.parts)]
    first = MinuteCount.objects.filter(sli_id__in=ids).aggregate(first=Min("minute"))["first"]
    return floor_to(now if first is None else first, HOUR)


def open_end(now: datetime) -> datetime:
    return floor_to(now, MINUTE) + MINUTE
