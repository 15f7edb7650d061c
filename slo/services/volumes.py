"""Watching the volume of SLIs: unusually few or many events open a warning, in the transaction that keeps the state."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from oncall.services import alerts
from portal.accounts.domain.actors import Actor
from slo.domain import volumes
from slo.domain.budgets import decimal_ratio
from slo.domain.volumes import HIGH, USUAL, WEEK, WEEKS, Hour
from slo.domain.windows import HOUR, floor_to, watermark
from slo.models import HourCount, Sli
from slo.selectors.windows import rolled

SOURCE = "slo"
TITLE = 49
ACTOR = Actor.system("slo")
UNKNOWN = Hour(0, 0)


def watch_due(*, now: datetime) -> int:
    """Judges the last hour that is summed up, of every SLI whose volume is watched; returns how many changed state.

    A repeat finds the same state and changes nothing. An hour that was not measured opens and resolves nothing. An SLI
    that is not watched any more is usual again.
    """
    hour = min(rolled().hours_until, floor_to(watermark(now), HOUR)) - HOUR
    watched = list(Sli.objects.filter(Q(watches_volume=True) | ~Q(volume_state=USUAL)).order_by("pk"))
    hours = _hours([sli.pk for sli in watched], hour)
    turned = [sli for sli in watched if _state(sli, hours, hour) != sli.volume_state]
    return sum(_turn(sli.pk, hours[sli.pk], hour, now) for sli in turned)


def dedup_key(sli: Sli) -> str:
    """The name of the one alert that an SLI may have open about its volume."""
    return f"volume:{sli.public_id}"


def _hours(ids: list[int], hour: datetime) -> dict[int, dict[datetime, Hour]]:
    """The hour and the same one of the four weeks before, of each SLI."""
    wanted = [hour - number * WEEK for number in range(WEEKS + 1)]
    rows = HourCount.objects.filter(sli_id__in=ids, hour__in=wanted)
    found: dict[int, dict[datetime, Hour]] = defaultdict(dict)
    for sli_id, at, total, minutes, every in rows.values_list(
        "sli_id", "hour", "total", "measured_minutes", "sli__every"
    ):
        found[sli_id][at] = Hour(total, minutes * max(1, every // volumes.MINUTE))
    return found


def _state(sli: Sli, hours: Mapping[int, Mapping[datetime, Hour]], hour: datetime) -> str:
    return _judged(sli, hours.get(sli.pk, {}), hour) if sli.watches_volume else USUAL


def _judged(sli: Sli, own: Mapping[datetime, Hour], hour: datetime) -> str:
    return volumes.state_of(own.get(hour, UNKNOWN), _former(own, hour), before=sli.volume_state)


def _former(own: Mapping[datetime, Hour], hour: datetime) -> list[Hour]:
    return [found for at, found in own.items() if at < hour]


@transaction.atomic
def _turn(pk: int, own: Mapping[datetime, Hour], hour: datetime, now: datetime) -> int:
    locked = Sli.objects.select_for_update(skip_locked=True, of=("self",)).select_related("service")
    sli = locked.filter(pk=pk).first()
    if sli is None:
        return 0
    state = _judged(sli, own, hour) if sli.watches_volume else USUAL
    if state == sli.volume_state:
        return 0
    sli.volume_state, sli.volume_since = state, now if state else None
    sli.save(update_fields=["volume_state", "volume_since"])
    if state == USUAL:
        alerts.resolve_alert(actor=ACTOR, source=SOURCE, dedup_key=dedup_key(sli), now=now)
    else:
        _open(sli, own, hour, now)
    return 1


def _open(sli: Sli, own: Mapping[datetime, Hour], hour: datetime, now: datetime) -> None:
    alerts.open_alert(
        actor=ACTOR,
        team_id=sli.service.team_id,
        service_id=sli.service_id,
        source=SOURCE,
        dedup_key=dedup_key(sli),
        title=title_of(sli),
        severity="warning",
        detail=_detail(sli, own, hour),
        runbook_url=sli.service.runbook_url,
        links=[{"text": "The service", "href": f"{settings.PORTAL_BASE_URL}/services/{sli.service.slug}/"}],
        now=now,
    )


def title_of(sli: Sli) -> str:
    """An imperative of less than 50 characters."""
    verb = "Explain the flood" if sli.volume_state == HIGH else "Explain the lull"
    text = f"{verb}: {sli.name}"
    return text if len(text) <= TITLE else text[: TITLE - 3].rstrip() + "..."


def _detail(sli: Sli, own: Mapping[datetime, Hour], hour: datetime) -> str:
    usual, found = volumes.expected(_former(own, hour)), own[hour]
    said = f"{sli.service.name}: {sli.name} had {found.total:,} events from {hour:%Y-%m-%d %H:%M} to"
    said += f" {hour + HOUR:%H:%M} UTC, in {found.measured_minutes} measured minutes."
    if usual is None:
        return said
    middle, spread = (f"{decimal_ratio(value, 0):,}" for value in (usual.events, usual.spread))
    return f"{said}\nThe same hour of the last four weeks had {middle}, give or take {spread}."
