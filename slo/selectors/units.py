"""What the counts of a stream are, in words."""

from slo.domain.explanations import EVENTS, Units
from slo.domain.streams import SCALE, Unit, recipe_of
from slo.models import Sli

UNITS = {Unit.EVENTS: EVENTS, Unit.SLICES: Units("minutes"), Unit.RATIOS: Units("minutes", SCALE)}
OWN_KINDS = {"derived", "composite"}


def units_of(stream: Sli) -> Units:
    """Events, or minutes where the stream of an SLO judges whole minutes or their ratios."""
    if stream.kind not in OWN_KINDS or "method" not in stream.settings:
        return EVENTS
    return UNITS[recipe_of(stream.settings).unit]
