"""The text that Prometheus scrapes from a process, over all of its workers where it has several."""

import os

from django.conf import settings
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest, multiprocess

from portal.lib.metrics.gauges import GaugeCollector
from portal.lib.metrics.resources import ResourceCollector

CONTENT_TYPE = CONTENT_TYPE_LATEST


def render() -> bytes:
    """All numbers of this process; the business gauges come from the web process alone, so that they stand once."""
    fresh = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(fresh)  # type: ignore[no-untyped-call]
    fresh.register(ResourceCollector(str(settings.BASE_DIR)))
    if settings.PORTAL_PROCESS == "web":
        fresh.register(GaugeCollector())
    own = b"" if os.environ.get("PROMETHEUS_MULTIPROC_DIR") else generate_latest(REGISTRY)
    return own + generate_latest(fresh)
