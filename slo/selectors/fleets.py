"""How many instances of a service its foretold peak needs."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from slo.domain.capacity.autoscaling import instances_needed
from slo.models import LoadTest
from slo.selectors.capacity import Outlook

PEAK_WITHIN = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Fleet:
    """How many instances the highest likely day up to `until` needs, by the last load test."""

    test: LoadTest
    peak: Decimal
    peak_on: date
    until: date
    needed: int

    @property
    def missing(self) -> int | None:
        """How many are to be added to those that run; None while that number is not known."""
        running = self.test.resource.instances
        return None if running is None else max(0, self.needed - running)


def fleet(found: Outlook) -> Fleet | None:
    """The instances needed within 30 days, or until an order of today arrives; None without a test or a fit."""
    test = found.resource.load_tests.select_related("resource").first()
    horizon = found.forecast.horizon
    if test is None or horizon is None:
        return None
    until = max(found.today, min(horizon, found.today + max(found.resource.lead_time, PEAK_WITHIN)))
    days = [found.today + timedelta(days=number) for number in range((until - found.today).days + 1)]
    peak, peak_on = max((found.forecast.value_on(day)[1], day) for day in days)
    needed = instances_needed(peak, test.per_instance, found.resource.headroom_ratio)
    return Fleet(test, peak, peak_on, until, needed)
