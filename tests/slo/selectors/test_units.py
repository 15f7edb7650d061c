"""What the counts of a stream are."""

import pytest

from slo.domain.explanations import EVENTS
from slo.models import Sli
from slo.selectors.units import units_of

SETTINGS = {
    "parts": [],
    "is_composite": False,
    "slice_target": "0.95",
    "category": "availability",
    "threshold": None,
    "schedule": [],
    "zone": "UTC",
    "every": 60,
    "depth": 1,
}


def test_events_of_a_probe() -> None:
    assert units_of(Sli(kind="probe")) == EVENTS


@pytest.mark.parametrize(
    ("method", "plural", "scale"),
    [("occurrences", "events", 1), ("timeslices", "minutes", 1), ("ratio_timeslices", "minutes", 10**9)],
)
def test_streams_of_slos_count_as_their_method_says(method: str, plural: str, scale: int) -> None:
    found = units_of(Sli(kind="derived", settings=SETTINGS | {"method": method}))
    assert (found.plural, found.scale) == (plural, scale)
