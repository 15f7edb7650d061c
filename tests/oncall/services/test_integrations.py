"""Doors for machines."""

from datetime import datetime
from typing import Any

from oncall.services import ingest, integrations
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry

ACTOR = Actor.system("test")


def test_the_key_is_long_random_and_kept_as_a_hash(team: Any, now: datetime) -> None:
    made, key = integrations.create_integration(actor=ACTOR, team_id=team.pk, service_id=None, name="Disk", now=now)
    assert len(key) == 32
    assert key not in str(vars(made))
    assert ingest.integration_of(key) == made


def test_revoking_twice_is_one_entry(team: Any, now: datetime) -> None:
    made, _ = integrations.create_integration(actor=ACTOR, team_id=team.pk, service_id=None, name="Disk", now=now)
    for _attempt in range(2):
        integrations.revoke_integration(actor=ACTOR, integration=made, now=now)
    assert AuditEntry.objects.filter(action="integration.revoked").count() == 1
