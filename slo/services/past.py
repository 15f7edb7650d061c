"""The hours and days of an SLO's own stream: summed from minutes, and what is older than these."""

from collections.abc import Sequence
from datetime import datetime

from slo.domain.budgets import Counts
from slo.domain.corrections import Adjustment, Effect, adjusted, strongest, touched_hours
from slo.domain.schedules import active_minutes
from slo.domain.streams import Recipe, Unit, composed, recipe_of, rescaled
from slo.domain.windows import DAY, EPOCH, HOUR, MINUTE, floor_to
from slo.models import AdjustedHour, Correction, HourCount, Sli
from slo.selectors import adjustments
from slo.services import bulk, sums
from slo.services.derivation import OWN_KINDS, Stream

Hours = dict[datetime, Counts]
"""The counts of full hours, by hour, oldest first."""

SET_HOURS = """
INSERT INTO slo_hourcount (sli_id, hour, good, total, measured_minutes)
SELECT sli_id, hour, good, total, measured_minutes FROM json_to_recordset(%s)
    AS r(sli_id bigint, hour timestamptz, good bigint, total bigint, measured_minutes smallint)
ON CONFLICT (sli_id, hour) DO UPDATE
SET good = excluded.good, total = excluded.total, measured_minutes = excluded.measured_minutes
"""


def begin(stream: Stream, former: Sequence[Sli], *, until: datetime) -> None:
    """Fills the hours before `until` with those that counted so far, or of its parts when the SLO has no past."""
    if former:
        _set(stream.sli.pk, _converted(stream.recipe, _hours(former[0].pk, until), _unit(former[0])))
        return
    idle = Counts(0, 0, _minutes_of_an_hour(stream.recipe))
    schedule = stream.recipe.schedule
    hours = _part_hours(stream.recipe, until)
    if schedule.entries:
        hours = {hour: counts if any(active_minutes(schedule, hour)) else idle for hour, counts in hours.items()}
    _set(stream.sli.pk, hours)


def rescale(stream: Stream, before: Unit, *, until: datetime) -> None:
    """After a change of the method: the hours before `until` keep their ratios and weigh what they weigh now."""
    if before is stream.recipe.unit:
        return
    hours = _hours(stream.sli.pk, until)
    _set(stream.sli.pk, _converted(stream.recipe, hours, before))
    kept = list(AdjustedHour.objects.filter(sli=stream.sli).order_by("hour"))
    was = [Counts(one.good, one.total, one.measured_minutes) for one in kept]
    events = _events(stream.recipe, [one.hour for one in kept], until)
    for one, counts in zip(kept, rescaled(was, unit=before, target=stream.recipe.unit, events=events), strict=True):
        one.good, one.total = counts.good, counts.total
    AdjustedHour.objects.bulk_update(kept, ["good", "total"])


def adjust(stream: Stream, correction: Correction, *, until: datetime) -> None:
    """Applies a correction to the hours before `until` as whole hours, or takes it back when it is revoked.

    What an hour said before any correction is kept beside it, so that the last one taken back restores it exactly.
    An hour that was corrected while its minutes were there is filled from its parts.
    """
    spans = [
        Adjustment(Effect(correction.effect), span.start, span.end)
        for span in adjustments.spans_of(correction, correction.starts_at, until)
    ]
    oldest = HourCount.objects.filter(sli=stream.sli).order_by("hour").values_list("hour", flat=True).first()
    hours = touched_hours(spans, floor_to(oldest or until, HOUR), until)
    if not hours:
        return
    changed = _taken_back(stream, correction, hours) if correction.revoked_at else _applied(stream, correction, hours)
    _set(stream.sli.pk, changed)
    for day in sorted({floor_to(hour, DAY) for hour in changed}):
        sums.sum_days(stream.sli.pk, day, day + DAY)


def _applied(stream: Stream, correction: Correction, hours: Sequence[datetime]) -> Hours:
    current = {hour: counts for hour, counts in _hours(stream.sli.pk, hours[-1] + HOUR).items() if hour in set(hours)}
    kept = _kept(stream, hours)
    fresh = [hour for hour in current if correction.pk not in kept.get(hour, {})]
    AdjustedHour.objects.bulk_create(
        AdjustedHour(sli=stream.sli, hour=hour, correction=correction, **_facts(_base(kept, hour, current[hour])))
        for hour in fresh
    )
    return _as_corrected(stream, {hour: _base(kept, hour, current[hour]) for hour in fresh})


def _taken_back(stream: Stream, correction: Correction, hours: Sequence[datetime]) -> Hours:
    kept = _kept(stream, hours)
    AdjustedHour.objects.filter(sli=stream.sli, correction=correction).delete()
    again = {hour: _base(kept, hour, Counts()) for hour in hours if correction.pk in kept.get(hour, {})}
    parts = _part_hours(stream.recipe, hours[-1] + HOUR)
    unknown = {hour: parts[hour] for hour in hours if hour not in kept and hour in parts}
    return _as_corrected(stream, again) | unknown


def _as_corrected(stream: Stream, bases: Hours) -> Hours:
    """The hours after all corrections that touch them as whole hours."""
    effects = _kept(stream, list(bases))
    measured = _minutes_of_an_hour(stream.recipe)
    return {
        hour: adjusted(
            base,
            strongest(Effect(row.correction.effect) for row in effects.get(hour, {}).values()),
            measured_minutes=measured,
        )
        for hour, base in bases.items()
    }


def _minutes_of_an_hour(recipe: Recipe) -> int:
    """How many minutes of an hour are measured when nothing is amiss."""
    return HOUR // max(recipe.every, MINUTE)


def _kept(stream: Stream, hours: Sequence[datetime]) -> dict[datetime, dict[int, AdjustedHour]]:
    found: dict[datetime, dict[int, AdjustedHour]] = {}
    for row in AdjustedHour.objects.filter(sli=stream.sli, hour__in=hours).select_related("correction"):
        found.setdefault(row.hour, {})[row.correction_id] = row
    return found


def _base(kept: dict[datetime, dict[int, AdjustedHour]], hour: datetime, current: Counts) -> Counts:
    for row in kept.get(hour, {}).values():
        return Counts(row.good, row.total, row.measured_minutes)
    return current


def _facts(counts: Counts) -> dict[str, int]:
    return {"good": counts.good, "total": counts.total, "measured_minutes": counts.measured_minutes}


def _unit(sli: Sli) -> Unit:
    return recipe_of(sli.settings).unit if sli.kind in OWN_KINDS and sli.settings else Unit.EVENTS


def _part_hours(recipe: Recipe, until: datetime) -> Hours:
    if recipe.is_composite:
        return _composite_hours(recipe, until)
    return _converted(recipe, _hours(recipe.parts[0].sli_id, until), Unit.EVENTS)


def _converted(recipe: Recipe, hours: Hours, unit: Unit) -> Hours:
    if unit is recipe.unit:
        return hours
    events = _events(recipe, list(hours), max(hours, default=EPOCH) + HOUR)
    fresh = rescaled(list(hours.values()), unit=unit, target=recipe.unit, events=events)
    return dict(zip(hours, fresh, strict=True))


def _events(recipe: Recipe, hours: Sequence[datetime], until: datetime) -> list[int]:
    """How many events the part of a stream of events had in these hours."""
    if recipe.unit is not Unit.EVENTS:
        return []
    found = _hours(recipe.parts[0].sli_id, until)
    return [found.get(hour, Counts()).total for hour in hours]


def _composite_hours(recipe: Recipe, until: datetime) -> Hours:
    by_part = {part: _hours(part.sli_id, until) for part in recipe.parts}
    found: Hours = {}
    for hour in sorted({hour for hours in by_part.values() for hour in hours}):
        good, total, _ = composed([(part.weight, hours.get(hour)) for part, hours in by_part.items()])
        covered = [part.every * hours[hour].measured_minutes for part, hours in by_part.items() if hour in hours]
        minutes = min(HOUR, max(covered)) // MINUTE
        found[hour] = Counts(good * minutes, total * minutes, minutes)
    return found if recipe.unit is Unit.RATIOS else _sliced(found, recipe.unit)


def _sliced(hours: Hours, unit: Unit) -> Hours:
    return dict(zip(hours, rescaled(list(hours.values()), unit=Unit.RATIOS, target=unit), strict=True))


def _hours(sli_id: int, until: datetime) -> Hours:
    rows = HourCount.objects.filter(sli_id=sli_id, hour__lt=until).order_by("hour")
    return {hour: Counts(*numbers) for hour, *numbers in rows.values_list("hour", "good", "total", "measured_minutes")}


def _set(sli_id: int, hours: Hours) -> None:
    bulk.execute(SET_HOURS, [{"sli_id": sli_id, "hour": hour} | _facts(counts) for hour, counts in hours.items()])
