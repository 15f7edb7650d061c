"""What all rows of a job share, read once per chunk."""

from datetime import datetime

from portal.accounts.domain.actors import Actor
from shortener.models import Domain, ImportJob
from shortener.selectors import finding
from shortener.services import targets
from shortener.services.importing import formats
from shortener.services.importing.plans import Existing
from shortener.services.importing.rows import Context


def context_of(job: ImportJob, actor: Actor, now: datetime) -> Context:
    """The context of a job's rows; its domains are those that `actor` may use."""
    return Context(
        form=formats.ALL[job.kind],
        mapping=job.mapping["fields"],
        domain=job.domain,
        domains=_domains(actor),
        served=targets.served_hosts(),
        add_tags=tuple(job.options.get("add_tags", [])),
        with_visits=job.options.get("visits", True),
        now=now,
    )


def existing_of(job: ImportJob) -> Existing:
    return Existing(job.options.get("existing", Existing.REPORT))


def _domains(actor: Actor) -> dict[str, Domain]:
    return {domain.name: domain for domain in finding.domains(actor) if domain.archived_at is None}
