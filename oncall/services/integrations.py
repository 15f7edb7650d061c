"""Doors for machines: made and revoked by managers; the key is shown once."""

import secrets as chance
from datetime import datetime

from django.db import transaction

from oncall.models import Integration
from portal.accounts.domain import secrets
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit

PREFIX = 8


@transaction.atomic
def create_integration(
    *, actor: Actor, team_id: int, service_id: int | None, name: str, now: datetime
) -> tuple[Integration, str]:
    """A JSON door of the team and its key of 32 random characters, of which only the hash is kept."""
    key = chance.token_hex(16)
    integration = Integration.objects.create(
        team_id=team_id, service_id=service_id, name=name, key_hash=secrets.digest(key), key_prefix=key[:PREFIX]
    )
    after = {"name": name, "kind": integration.kind}
    audit.record(actor=actor, action="integration.created", target=integration, after=after, now=now)
    return integration, key


@transaction.atomic
def revoke_integration(*, actor: Actor, integration: Integration, now: datetime) -> None:
    """Closes the door for good; doing it again changes nothing."""
    changed = Integration.objects.filter(pk=integration.pk, revoked_at=None).update(revoked_at=now)
    if changed:
        audit.record(actor=actor, action="integration.revoked", target=integration, after={"revoked_at": now}, now=now)
