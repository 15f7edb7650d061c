"""The ticks of this app: each finds its due rows by a query and may overlap with itself."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from slo.selectors.clocks import database_clock
from slo.services import (
    adjusting,
    capacity_points,
    capacity_sources,
    collection,
    fills,
    heartbeat_watch,
    locations,
    probing,
    prometheus,
    retention,
    reviews,
    rollups,
    shortages,
    statuses,
    version_sources,
    volumes,
)


@shared_task(name="slo.tasks.run_probes_due")
def run_probes_due() -> int:
    """Runs the probes that are due."""
    clock, rounds = database_clock(), settings.PORTAL_PROBE_ROUNDS
    return probing.run_due(clock=clock, location=settings.PORTAL_LOCATION, at_once=rounds)


@shared_task(name="slo.tasks.mend_probes_due")
def mend_probes_due() -> int:
    """Frees probes that a clock which ran ahead had put too far into the future."""
    return locations.mend_due(now=database_clock()())


@shared_task(name="slo.tasks.collect_counts_due")
def collect_counts_due() -> int:
    """Reads the registered sources up to the watermark."""
    return collection.collect_due(now=timezone.now())


@shared_task(name="slo.tasks.reconcile_counts_due")
def reconcile_counts_due() -> int:
    """Reads the hours again that events reached late."""
    return collection.reconcile_due(now=timezone.now())


@shared_task(name="slo.tasks.refresh_statuses_due")
def refresh_statuses_due() -> int:
    """Refreshes the status rows that lag behind the watermark."""
    return statuses.refresh_due(now=timezone.now())


@shared_task(name="slo.tasks.roll_up_due")
def roll_up_due() -> int:
    """Sums up closed hours and days."""
    return rollups.roll_up_due(now=timezone.now())


@shared_task(name="slo.tasks.watch_volumes_due")
def watch_volumes_due() -> int:
    """Warns of unusual volumes in the last summed hour."""
    return volumes.watch_due(now=timezone.now())


@shared_task(name="slo.tasks.remind_reviews_due")
def remind_reviews_due() -> int:
    """Reminds of the reviews of SLOs that are due."""
    return reviews.remind_reviews_due(now=timezone.now())


@shared_task(name="slo.tasks.keep_partitions_due")
def keep_partitions_due() -> int:
    """Makes the coming partitions and drops the old ones."""
    return len(retention.keep(now=timezone.now(), minute_days=settings.PORTAL_MINUTE_RETENTION_DAYS))


@shared_task(name="slo.tasks.read_resources_due")
def read_resources_due() -> int:
    """Reads the closed days of resources that have a source."""
    return capacity_sources.read_due(now=timezone.now())


@shared_task(name="slo.tasks.refresh_resources_due")
def refresh_resources_due() -> int:
    """Makes the forecasts of today."""
    return shortages.refresh_due(now=timezone.now())


@shared_task(name="slo.tasks.forget_samples_due")
def forget_samples_due() -> int:
    """Deletes old samples of resources; their days stay."""
    return capacity_points.forget_samples(now=timezone.now())


@shared_task(name="slo.tasks.read_prometheus_due")
def read_prometheus_due() -> int:
    """Reads the SLIs of Prometheus servers that are due."""
    return prometheus.read_due(now=timezone.now())


@shared_task(name="slo.tasks.watch_heartbeats_due")
def watch_heartbeats_due() -> int:
    """Finds the heartbeats that are late or down, and counts their runs."""
    own_url = f"{settings.PORTAL_SELF_WEB_URL}/healthz"
    days = settings.PORTAL_MINUTE_RETENTION_DAYS
    return heartbeat_watch.watch_due(now=timezone.now(), own_url=own_url, minute_days=days)


@shared_task(name="slo.tasks.fill_streams_due")
def fill_streams_due() -> int:
    """Works corrections and maintenance into the streams of SLOs and brings these up to the watermark."""
    now = timezone.now()
    return adjusting.apply_due(now=now) + fills.fill_due(now=now)


@shared_task(name="slo.tasks.read_versions_due")
def read_versions_due() -> int:
    """Reads which instances run which versions."""
    return version_sources.read_due(now=timezone.now())
