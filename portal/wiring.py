"""All wires between the apps: whoever offers something is connected here to the one that shows or uses it."""

from functools import partial

from portal import beat
from portal.lib import clocks, health
from portal.lib.metrics import gauges
from shortener.selectors import gauges as shortener_gauges
from shortener.selectors import outcomes
from slo.services import sources


def connect() -> None:
    """Registers every connection; calling it again changes nothing."""
    _connect_health()
    _connect_sources()
    _connect_gauges()


def _connect_health() -> None:
    health.register("clocks", partial(clocks.problem, beat.periods()))


def _connect_sources() -> None:
    redirects = sources.Source(
        key="shortener.redirects", label="Redirects answered right and in time", counts=outcomes.redirect_counts
    )
    sources.register(redirects)


def _connect_gauges() -> None:
    gauges.register("portal_links", "Links by state.", shortener_gauges.links_by_state)
    gauges.register("portal_clicks_expected", "Clicks that edges delivered.", shortener_gauges.clicks_expected)
    gauges.register("portal_clicks_stored", "Clicks that stand in the totals.", shortener_gauges.clicks_stored)
    gauges.register("portal_segments_waiting", "Click segments to drain.", shortener_gauges.segments_waiting)
