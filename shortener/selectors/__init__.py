"""What may be read of the shortener by the apps above it."""

from shortener.models import Link
from shortener.selectors.finding import get_link, link_count, links
from shortener.selectors.gauges import clicks_expected, clicks_stored, links_by_state, segments_waiting
from shortener.selectors.outcomes import redirect_counts
from shortener.selectors.stats import clicks_by_hour, link_totals

__all__ = [
    "Link",
    "clicks_by_hour",
    "clicks_expected",
    "clicks_stored",
    "get_link",
    "link_count",
    "link_totals",
    "links",
    "links_by_state",
    "redirect_counts",
    "segments_waiting",
]
