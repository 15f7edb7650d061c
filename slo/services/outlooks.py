"""The forecasts of a refresh: which budgets run out at the burn of the last hour, and at that of the last six."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from slo.domain.exhaustion import Leaving, Outlook, exhaustion, may_run_out
from slo.domain.statuses import FORECAST_WINDOWS, Assessment
from slo.selectors.readings import leaving

Forecasts = tuple[timedelta | None, ...]
LASTS: Forecasts = (None, None)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """One SLO as a refresh found it, with what its alerts were before, and its forecasts: by the hour and by six."""

    slo_id: int
    sli_id: int
    started_at: datetime
    start: datetime
    end: datetime
    over_at: datetime | None
    firing_before: Sequence[str]
    firing_since: Mapping[str, str]
    assessment: Assessment
    forecasts: Forecasts = LASTS

    @property
    def burns_out(self) -> bool:
        """Whether its budget may run out within a window at what burned lately."""
        windows, share = self.assessment.windows, self.assessment.definition.share
        return any(may_run_out(self.assessment.period, windows[length], share) for length in FORECAST_WINDOWS)


def foresee(found: Sequence[Refreshed]) -> list[Refreshed]:
    """`found` with its forecasts; the days that leave are read only for the few that may run out."""
    asked = [one for one in found if one.burns_out]
    known = leaving({one.sli_id: one.start for one in asked if one.over_at is None}, asked[0].end) if asked else {}
    told = {one.slo_id: replace(one, forecasts=_forecasts(one, known.get(one.sli_id, []))) for one in asked}
    return [told.get(one.slo_id, one) for one in found]


def _forecasts(one: Refreshed, known: Sequence[Leaving]) -> Forecasts:
    outlook = Outlook(
        objective=one.assessment.definition.objective,
        counts=one.assessment.period.counts,
        start=one.start,
        end=one.end,
        since=one.started_at,
        over_at=one.over_at,
    )
    return tuple(exhaustion(outlook, one.assessment.burn(length), known) for length in FORECAST_WINDOWS)
