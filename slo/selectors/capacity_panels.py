"""What the page of a service shows of its resources."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.catalog.models import Service
from slo.models import Resource
from slo.selectors.capacity import resources

SHOWN = 5


def service_panel(service: Service, *, actor: Actor, now: datetime) -> Mapping[str, Any]:
    """The resources of one service that run out first."""
    found = list(resources(actor).filter(service=service)[: SHOWN + 1])
    return {
        "resources": found[:SHOWN],
        "has_more": len(found) > SHOWN,
        "may_manage": actor.may(Role.MANAGER, service.team_id),
    }


def short_samples() -> list[tuple[dict[str, str], float]]:
    """How many resources an order would come too late for, as things stand."""
    return [({}, float(Resource.objects.filter(archived_at=None, is_warning=True).count()))]
