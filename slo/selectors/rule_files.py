"""Rule files for Prometheus, and the numbers of SLOs that they and others may scrape."""

from collections.abc import Iterable
from datetime import timedelta

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
    for status in _statuses("burns"):
        labels = {"slo_id": status.slo.public_id, "service": status.slo.service.slug}
        for seconds, burn in status.burns.items():
            if burn is not None:
                yield labels | {"window": length_text(timedelta(seconds=int(seconds)))}, float(burn)


def budget_samples() -> Iterable[Sample]:
    """The share of its error budget that every SLO has left; SLOs without data have none."""
    for status in _statuses("remaining_ratio").exclude(remaining_ratio=None):
        labels = {"slo_id": status.slo.public_id, "service": status.slo.service.slug}
        yield labels, float(status.remaining_ratio or 0)


def _statuses(column: str) -> QuerySet[SloStatus]:
    found = SloStatus.objects.filter(slo__archived_at=None).select_related("slo__service").order_by("pk")
    return found.only(column, "slo__public_id", "slo__service__slug")
