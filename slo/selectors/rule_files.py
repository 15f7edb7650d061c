"""Rule files for Prometheus, and the numbers of SLOs that they and others may scrape."""

from collections.abc import Iterable
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from portal.lib.yaml_text import dump_all
from slo.domain.rule_files import RuledSlo, groups
from slo.domain.rules import rules_of
from slo.domain.windows import length_text
from slo.models import Slo, SloStatus

Sample = tuple[dict[str, str], float]
EMPTY = "# None of these SLOs has rules for Prometheus yet.\ngroups: []\n"


def rule_file(slos: Iterable[Slo]) -> str:
    """A rule file of YAML with the recording and alerting rules of `slos`, which come with service and SLI."""
    found = groups([_ruled(slo) for slo in slos])
    return dump_all([{"groups": found}]) if found else EMPTY


def _ruled(slo: Slo) -> RuledSlo:
    window = slo.window.nominal
    return RuledSlo(
        slo_id=slo.public_id,
        name=slo.name,
        service=slo.service.slug,
        objective=slo.objective,
        window=window,
        rules=rules_of(tuple(slo.rules), window),
        url=f"{settings.PORTAL_BASE_URL}/slos/{slo.public_id}/",
        settings=slo.sli.settings if slo.sli.kind == "prometheus" and slo.stream_id == slo.sli_id else None,
    )


def burn_samples() -> Iterable[Sample]:
    """The burn rate of every SLO over each window of its rules."""
    for slo_id, service, burns in _statuses("burns"):
        for seconds, burn in burns.items():
            if burn is not None:
                yield {"slo_id": slo_id, "service": service, "window": _window(seconds)}, float(burn)


def budget_samples() -> Iterable[Sample]:
    """The share of its error budget that every SLO has left; SLOs without data have none."""
    for slo_id, service, left in _statuses("remaining_ratio").exclude(remaining_ratio=None):
        yield {"slo_id": slo_id, "service": service}, float(left)


@lru_cache(maxsize=1024)
def _window(seconds: str) -> str:
    return length_text(timedelta(seconds=int(seconds)))


def _statuses(column: str) -> "QuerySet[SloStatus, tuple[str, str, Any]]":
    """Plain rows and no objects: a scrape reads one of each SLO."""
    found = SloStatus.objects.filter(slo__archived_at=None).order_by("pk")
    return found.values_list("slo__public_id", "slo__service__slug", column)
