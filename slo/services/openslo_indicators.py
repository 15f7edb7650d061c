"""The SLIs that OpenSLO indicators ask for: found, or made."""

from collections.abc import Mapping
from typing import Any

from portal.catalog.models import Service
from portal.lib.errors import DomainError
from slo.domain.openslo.wanted import WantedIndicator, WantedObjective, WantedSlo
from slo.models import PrometheusFeed, PrometheusServer, Sli, Slo
from slo.services import slis, source_slis
from slo.services.openslo_jobs import Job

COMPARISONS = {"lt": "<", "lte": "<=", "gt": ">", "gte": ">="}
SOURCE = "spec.indicator.spec.ratioMetric.total.metricSource"


def sli_of(
    job: Job, wanted: WantedSlo, service: Service, number: int, one: WantedObjective, present: Slo | None
) -> Sli | None:
    """The SLI of one objective; None when it was refused. An SLI of Prometheus that asks the same is used again."""
    indicator = one.indicator
    try:
        if indicator.sli:
            return _own_sli(job, wanted, service, indicator)
        if indicator.source:
            return slis.ensure_source_sli(actor=job.actor, service=service, source=indicator.source, now=job.now)
        return _prometheus_sli(job, wanted, service, one, present)
    except DomainError as error:
        job.tell(wanted, number, error)
        return None


def _own_sli(job: Job, wanted: WantedSlo, service: Service, indicator: WantedIndicator) -> Sli | None:
    found = Sli.objects.visible_to(job.actor).filter(public_id=indicator.sli, service=service).first()
    if found is None:
        rule = f"The service '{service.slug}' has no SLI '{indicator.sli}'."
        job.refuse(wanted, f"{SOURCE}.spec.sli", rule)
    return found


def _prometheus_sli(
    job: Job, wanted: WantedSlo, service: Service, one: WantedObjective, present: Slo | None
) -> Sli | None:
    server = _server(job, wanted, service, one.indicator.server)
    if server is None:
        return None
    settings = _settings(one)
    if present is not None and present.sli.kind == "prometheus":
        now_asked = {key: value for key, value in present.sli.settings.items() if value and key != "server"}
        if now_asked == settings and _reads(present.sli, server):
            return present.sli
    return source_slis.create_prometheus_sli(
        actor=job.actor, service=service, server=server, name=one.indicator.name, settings=settings, now=job.now
    )


def _reads(sli: Sli, server: PrometheusServer) -> bool:
    return PrometheusFeed.objects.filter(sli=sli, server=server).exists()


def _server(job: Job, wanted: WantedSlo, service: Service, name: str) -> PrometheusServer | None:
    servers = list(PrometheusServer.objects.filter(team_id=service.team_id))
    named = [server for server in servers if server.name.casefold() == name.casefold()]
    found = named or (servers if not name and len(servers) == 1 else [])
    if not found:
        rule = (
            f"The team has no Prometheus server '{name}'. Add it under Sources."
            if name
            else "Name a Prometheus server."
        )
        job.refuse(wanted, f"{SOURCE}.metricSourceRef", rule)
    return found[0] if found else None


def _settings(one: WantedObjective) -> Mapping[str, Any]:
    """The settings of an SLI of Prometheus, without what is empty."""
    indicator = one.indicator
    if indicator.gauge:
        limit = "" if one.value is None else f"{one.value:f}"
        return {"mode": "gauge", "query": indicator.gauge, "comparison": COMPARISONS.get(one.op, "<="), "limit": limit}
    asked = {"mode": "ratio", "good": indicator.good, "bad": indicator.bad, "total": indicator.total}
    return {key: value for key, value in asked.items() if value}
