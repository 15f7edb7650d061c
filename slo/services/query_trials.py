"""Trying a query before it is saved."""

from collections.abc import Mapping
from datetime import datetime

from portal.lib.errors import Invalid
from slo.clients.prometheus import PrometheusError
from slo.domain import prometheus_settings
from slo.domain.prometheus import Pairs
from slo.models import PrometheusServer
from slo.services import prometheus


def try_query(*, server: PrometheusServer, settings: Mapping[str, str], start: datetime, end: datetime) -> Pairs:
    """The good and valid events of each minute of `[start, end)`; nothing is stored.

    Invalid names the wrong settings, or says why the server gave no counts; good events beyond all are refused.
    """
    chosen = {name: value for name, value in settings.items() if value != ""}
    problems = prometheus_settings.problems(chosen)
    if problems:
        raise Invalid(fields={name: [problem] for name, problem in problems.items()})
    try:
        pairs = prometheus.preview(server=server, settings=chosen, start=start, end=end)
    except PrometheusError as error:
        raise Invalid(error.reason) from error
    for minute, (good, total) in pairs.items():
        if not 0 <= good <= total:
            raise Invalid(f"{minute:%H:%M} UTC: {good} good of {total} events cannot be.")
    return pairs
