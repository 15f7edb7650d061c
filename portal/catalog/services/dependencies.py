"""Which service leans on which."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from portal.catalog import selectors
from portal.catalog.domain import dependencies
from portal.catalog.exceptions import CircularDependency
from portal.catalog.models import Service, ServiceDependency

GRAPH_LOCK = 7003


@transaction.atomic
def add_dependency(*, actor: Actor, service: Service, needs: Service, now: datetime) -> ServiceDependency:
    """Says that `service` needs `needs`; saying it again changes nothing. CircularDependency when they would circle."""
    actor.require(Role.MANAGER, service.team_id)
    _lock_graph()
    circle = dependencies.path_back(selectors.edges(), service.pk, needs.pk)
    if circle:
        raise CircularDependency(fields={"needs": [f"That closes a circle: {_named(circle, actor)}."]})
    dependency, is_new = ServiceDependency.objects.get_or_create(service=service, needs=needs)
    if is_new:
        audit.record(actor=actor, action="dependency.added", target=service, after={"needs": needs.slug}, now=now)
    return dependency


@transaction.atomic
def remove_dependency(*, actor: Actor, service: Service, needs: Service, now: datetime) -> None:
    """Forgets that `service` needs `needs`; nothing happens when it does not."""
    actor.require(Role.MANAGER, service.team_id)
    deleted, _ = ServiceDependency.objects.filter(service=service, needs=needs).delete()
    if deleted:
        audit.record(actor=actor, action="dependency.removed", target=service, before={"needs": needs.slug}, now=now)


@transaction.atomic
def set_dependencies(*, actor: Actor, service: Service, needs: Sequence[Service], now: datetime) -> None:
    """Makes `needs` all that `service` leans on among what `actor` may see; the rest stays."""
    actor.require(Role.MANAGER, service.team_id)
    wanted = {other.pk for other in needs}
    for other in selectors.needs_of(service, actor).exclude(pk__in=wanted):
        remove_dependency(actor=actor, service=service, needs=other, now=now)
    for other in needs:
        add_dependency(actor=actor, service=service, needs=other, now=now)


def _lock_graph() -> None:
    """Lets one writer at a time look at the whole graph, so that two halves of a circle cannot be added at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [GRAPH_LOCK])


def _named(circle: list[int], actor: Actor) -> str:
    visible = {service.pk: service.name for service in selectors.services(actor).filter(pk__in=circle)}
    return " needs ".join(visible.get(pk, "a service that you may not see") for pk in circle)
