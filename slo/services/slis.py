"""SLIs of registered sources; those of probes come with their probe."""

from datetime import datetime

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from slo.models import Sli
from slo.services import sources


@transaction.atomic
def ensure_source_sli(*, actor: Actor, service: Service, source: str, now: datetime) -> Sli:
    """The SLI of `service` that reads the registered `source`, made when there is none; a repeat changes nothing."""
    label = sources.get_source(source).label
    sli, made = Sli.objects.get_or_create(
        service=service, source=source, defaults={"name": label, "started_at": now, "created_at": now}
    )
    if made:
        audit.record(actor=actor, action="sli.created", target=sli, after={"source": source, "name": label}, now=now)
    return sli
