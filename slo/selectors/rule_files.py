"""Rule files for Prometheus, and the numbers of SLOs that they and others may scrape."""

from collections.abc import Iterable
from datetime import timedelta

import yaml
from django.conf import settings

from slo.domain.rule_files import RuledSlo, groups
from slo.domain.rules import rules_of
from slo.domain.windows import length_text
from slo.models import Slo, SloStatus

Sample = tuple[dict[str, str], float]
EMPTY = "# None of these SLOs has rules for Prometheus yet.\ngroups: []\n"


def rule_file(slos: Iterable[Slo]) -> str:
    """A rule file of YAML with the recording and alerting rules of `slos`, which come with service and SLI."""
    found = groups([_ruled(slo) for slo in slos])
    return yaml.safe_dump({"groups": found}, sort_keys=False, width=1000, allow_unicode=True) if found else EMPTY


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
    for public_id, service, burns in _rows("slo__public_id", "slo__service__slug", "burns"):
        for seconds, burn in burns.items():
            if burn is not None:
                window = length_text(timedelta(seconds=int(seconds)))
                yield {"slo_id": public_id, "service": service, "window": window}, float(burn)


def budget_samples() -> Iterable[Sample]:
    """The share of its error budget that every SLO has left; SLOs without data have none."""
    for public_id, service, left in _rows("slo__public_id", "slo__service__slug", "remaining_ratio"):
        if left is not None:
            yield {"slo_id": public_id, "service": service}, float(left)


def _rows(*names: str) -> Iterable[tuple[str, str, object]]:
    return SloStatus.objects.filter(slo__archived_at=None).order_by("pk").values_list(*names)  # type: ignore[return-value]
