"""What follows from changed minutes for the streams of SLOs. Reads and locks; `counts` writes what this returns."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from slo.domain.corrections import Adjustment, effect_at
from slo.domain.streams import MinuteRow, Recipe, Sources, minute_of, recipe_of
from slo.domain.windows import MINUTE, floor_to
from slo.models import MinuteCount, Sli, Slo, StreamPart
from slo.selectors import adjustments

OWN_KINDS = ("derived", "composite")
MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Stream:
    """The own stream of an SLO, locked, with how it is computed."""

    sli: Sli
    slo: Slo
    recipe: Recipe


def following(changed: Sequence[tuple[int, datetime]], *, now: datetime) -> list[MinuteRow]:
    """The minutes of streams that follow from the `changed` minutes of other SLIs.

    Locks these streams until the transaction ends, before anything is read: of two parents that change at once the
    later one sees the earlier. SLIs that no stream follows cost one look-up.
    """
    links = _links({sli_id for sli_id, _ in changed})
    if not links:
        return []
    by_parent = defaultdict(set)
    for sli_id, minute in changed:
        by_parent[sli_id].add(minute)
    last = floor_to(now, MINUTE)
    wanted: dict[Stream, set[datetime]] = {}
    for stream in locked(links):
        minutes = {minute for parent in links[stream.sli.pk] for minute in by_parent[parent]}
        wanted[stream] = _reached(stream.recipe, minutes, last)
    return rows_of(wanted)


def locked(stream_ids: Collection[int], *, skip_locked: bool = False) -> list[Stream]:
    """The streams of living SLOs among these, locked in the order in which they follow each other."""
    found = (
        Sli.objects.select_for_update(of=("self",), skip_locked=skip_locked)
        .filter(pk__in=stream_ids, owner__archived_at=None, kind__in=OWN_KINDS)
        .exclude(settings={})
        .select_related("owner")
        .order_by("settings__depth", "pk")
    )
    return [Stream(sli, sli.owner, recipe_of(sli.settings)) for sli in found if sli.owner is not None]


def rows_of(wanted: Mapping[Stream, Collection[datetime]]) -> list[MinuteRow]:
    """The wanted minutes of each stream, as its parts and its adjustments make them; unknown ones are left out."""
    minutes = {minute for some in wanted.values() for minute in some}
    if not minutes:
        return []
    touched = adjustments.adjustments([stream.slo for stream in wanted], min(minutes), max(minutes) + MINUTE)
    sources = Sources(_read(wanted))
    rows: list[MinuteRow] = []
    for stream, some in wanted.items():
        rows += _rows(stream, sorted(some), sources, touched.get(stream.slo.pk, []))
    return rows


def _rows(
    stream: Stream, minutes: Iterable[datetime], sources: Sources, touched: Sequence[Adjustment]
) -> Iterable[MinuteRow]:
    for minute in minutes:
        if _is_partial(stream, minute):
            continue
        effect = effect_at(touched, minute) if touched else None
        row = minute_of(stream.recipe, stream.sli.pk, minute, sources, effect)
        if row is not None:
            yield row


def _is_partial(stream: Stream, minute: datetime) -> bool:
    """Whether it began to count within this minute, whose few events would look like too low a throughput."""
    return stream.recipe.category == "throughput" and minute < stream.sli.started_at < minute + MINUTE


def _links(parents: Collection[int]) -> dict[int, list[int]]:
    """The streams that follow any of these SLIs, each with which."""
    found: dict[int, list[int]] = defaultdict(list)
    pairs = StreamPart.objects.filter(parent_id__in=parents, stream__kind__in=OWN_KINDS)
    for stream_id, parent_id in pairs.values_list("stream_id", "parent_id"):
        found[stream_id].append(parent_id)
    return found


def _reached(recipe: Recipe, minutes: Iterable[datetime], last: datetime) -> set[datetime]:
    """The changed minutes, and those after them that these have a say in, up to the present."""
    count = recipe.reach // MINUTE
    after = {minute + number * MINUTE for minute in minutes for number in range(1, count + 1)} if count else set()
    return {minute for minute in after if minute <= last} | set(minutes)


def _read(wanted: Mapping[Stream, Collection[datetime]]) -> list[MinuteRow]:
    """The minutes of all parts that the wanted minutes may depend on."""
    parts = {part.sli_id for stream in wanted for part in stream.recipe.parts}
    first = min(min(some) - stream.recipe.reach for stream, some in wanted.items() if some)
    last = max(max(some) for some in wanted.values() if some)
    rows = MinuteCount.objects.filter(sli_id__in=parts)
    listed = {minute for some in wanted.values() for minute in some}
    is_plain = all(not stream.recipe.reach for stream in wanted)
    if is_plain and len(listed) <= MOST_LISTED:
        rows = rows.filter(minute__in=listed)
    else:
        rows = rows.filter(minute__gte=first, minute__lte=last)
    return [MinuteRow(*row) for row in rows.values_list("sli_id", "minute", "good", "total", "measured")]
