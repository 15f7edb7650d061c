"""Reading which instance runs which version from a Prometheus, once a minute for each service that says how."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.clients import prometheus as client
from slo.domain.prometheus import Ask
from slo.domain.versions import INSTANCE, VERSION
from slo.models import PrometheusServer, VersionSource
from slo.models.releases import PRODUCTION
from slo.services import versions
from slo.services.prometheus_servers import access_of

EVERY = timedelta(minutes=1)
REACH = timedelta(minutes=5)
QUERY, LABEL, PROBLEM = 1000, 100, 300
BATCH = 100


@transaction.atomic
def set_source(
    *,
    actor: Actor,
    service: Service,
    server: str,
    query: str,
    now: datetime,
    version_label: str = "version",
    instance_label: str = "instance",
    environment: str = PRODUCTION,
) -> VersionSource:
    """The versions of a service are read by `query` at a Prometheus server of its team from now on."""
    found = PrometheusServer.objects.filter(team_id=service.team_id, public_id=server).first()
    problems = {} if found else {"server": ["The team has no such Prometheus server."]}
    given = {"query": query, "version_label": version_label, "instance_label": instance_label}
    for name, text in given.items():
        longest = QUERY if name == "query" else LABEL
        if not 0 < len(text.strip()) <= longest or not text.isprintable():
            problems[name] = [f"Give 1 to {longest} printable characters."]
    if problems:
        raise Invalid(fields=problems)
    facts = {**given, "settings": {"server": server, "environment": environment}, "next_read_at": now, "problem": ""}
    source, _ = VersionSource.objects.update_or_create(
        service=service, defaults=facts, create_defaults={**facts, "created_at": now}
    )
    audit.record(actor=actor, action="version_source.set", target=source, after={**given, "server": server}, now=now)
    return source


@transaction.atomic
def remove_source(*, actor: Actor, service: Service, now: datetime) -> None:
    """Nothing is read any more; what is known stays. Twice is once."""
    source = VersionSource.objects.filter(service=service).first()
    if source is not None:
        audit.record(
            actor=actor, action="version_source.removed", target=source, before={"query": source.query}, now=now
        )
        source.delete()


def read_due(*, now: datetime) -> int:
    """Reads what is due; says how many instances were heard of. What fails says why and is tried again in a minute."""
    sources = _claim(now)
    known = {row.public_id: row for row in PrometheusServer.objects.filter(public_id__in=[_server(s) for s in sources])}
    ready = [source for source in sources if _server(source) in known]
    asked = [
        client.Request(access_of(known[_server(s)]), {"versions": Ask(s.query, is_raw=False)}, now - REACH, now)
        for s in ready
    ]
    _tell([source for source in sources if _server(source) not in known], "Its Prometheus server is gone.")
    return sum(_store(source, answer, now) for source, answer in zip(ready, client.read(asked), strict=True))


@transaction.atomic
def _claim(now: datetime) -> list[VersionSource]:
    due = VersionSource.objects.filter(next_read_at__lte=now).select_for_update(of=("self",), skip_locked=True)
    found = list(due.select_related("service").order_by("next_read_at")[:BATCH])
    VersionSource.objects.filter(pk__in=[source.pk for source in found]).update(next_read_at=now + EVERY)
    return found


def _store(source: VersionSource, answer: client.Answer, now: datetime) -> int:
    if isinstance(answer, client.PrometheusError):
        _tell([source], answer.reason)
        return 0
    found = {}
    for series in answer["versions"]:
        instance, version = series.labels.get(source.instance_label, ""), series.labels.get(source.version_label, "")
        if instance and version:
            found[instance[:INSTANCE]] = version[:VERSION]
    if not found:
        _tell([source], f"No series has both labels {source.instance_label} and {source.version_label}.")
        return 0
    environment = source.settings.get("environment", PRODUCTION)
    versions.store_versions(service=source.service, found=found, now=now, environment=environment, is_complete=True)
    VersionSource.objects.filter(pk=source.pk).update(read_at=now, problem="")
    return len(found)


def _tell(sources: Sequence[VersionSource], problem: str) -> None:
    VersionSource.objects.filter(pk__in=[source.pk for source in sources]).update(problem=problem[:PROBLEM])


def _server(source: VersionSource) -> str:
    return str(source.settings.get("server", ""))
