"""What may be read of services."""

from collections.abc import Iterable

from django.db.models import Q

from portal.accounts.domain.actors import Actor
from portal.catalog.models import Service, ServiceDependency, ServiceQuerySet
from portal.lib.errors import NotFound


def services(actor: Actor) -> ServiceQuerySet:
    """The services that `actor` may see and that are not archived, the most important first."""
    return Service.objects.visible_to(actor).active().select_related("team")


def get_service(actor: Actor, slug: str) -> Service:
    """The service with this slug, archived ones too; NotFound when there is none or `actor` may not see it."""
    return _one(actor, slug=slug)


def service_by_public_id(actor: Actor, public_id: str) -> Service:
    """The service with this public id, archived ones too; NotFound when there is none or `actor` may not see it."""
    return _one(actor, public_id=public_id)


def services_by_id(ids: list[int]) -> dict[int, Service]:
    """Services by primary key, without a check: for callers that show only what they may."""
    return Service.objects.select_related("team").in_bulk(ids)


def visible_ids(actor: Actor, ids: Iterable[int]) -> set[int]:
    """Those of the primary keys whose service `actor` may see, archived ones too."""
    return set(Service.objects.visible_to(actor).filter(pk__in=list(ids)).values_list("pk", flat=True))


def public_services() -> ServiceQuerySet:
    """The services that the public status page shows; team names are not part of it."""
    return Service.objects.active().filter(is_public=True)


def search(
    found: ServiceQuerySet, *, text: str = "", team: str = "", tier: int | None = None, label: str = ""
) -> ServiceQuerySet:
    """Narrows `found` by words in name, slug or description, by team slug, tier and a label `key` or `key=value`."""
    if text:
        found = found.filter(Q(name__icontains=text) | Q(slug__icontains=text) | Q(description__icontains=text))
    if team:
        found = found.filter(team__slug=team)
    if tier:
        found = found.filter(tier=tier)
    if label:
        key, equals, value = label.partition("=")
        found = (
            found.filter(labels__contains={key.strip(): value.strip()}) if equals else found.filter(labels__has_key=key)
        )
    return found


def needs_of(service: Service, actor: Actor) -> ServiceQuerySet:
    """What `service` leans on, as far as `actor` may see it."""
    return services(actor).filter(dependents__service=service)


def needed_by(service: Service, actor: Actor) -> ServiceQuerySet:
    """What leans on `service`, as far as `actor` may see it."""
    return services(actor).filter(dependencies__needs=service)


def edges() -> list[tuple[int, int]]:
    """All dependencies as (service, needs) pairs of primary keys."""
    return list(ServiceDependency.objects.values_list("service_id", "needs_id"))


def _one(actor: Actor, **where: str) -> Service:
    found = Service.objects.visible_to(actor).select_related("team").filter(**where).first()
    if found is None:
        raise NotFound("There is no such service, or you may not see it.")
    return found
