"""The domains under which links are served."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from shortener.domain import addresses
from shortener.models import Domain, Link
from shortener.services import changes


def ensure_default_domain(*, host: str, now: datetime) -> Domain:
    """Makes the default domain, or gives it the name `host` when the portal's link URL changed.

    Its links stay reachable: they move along, and every edge is told. Calling it again changes nothing.
    """
    found = Domain.objects.filter(is_default=True).first()
    if found is not None and found.name == host:
        return found
    with transaction.atomic():
        return _named(host, now)


def default_domain(*, now: datetime) -> Domain:
    """The default domain, made on first use."""
    found = Domain.objects.filter(is_default=True).first()
    return found or ensure_default_domain(host=addresses.link_host(settings.PORTAL_LINK_URL), now=now)


def _named(host: str, now: datetime) -> Domain:
    Domain.objects.bulk_create([Domain(name=host, created_at=now)], ignore_conflicts=True)
    wanted = Domain.objects.select_for_update().get(name=host)
    former = Domain.objects.select_for_update().filter(is_default=True).exclude(pk=wanted.pk).first()
    actor = Actor.system("bootstrap")
    if former is not None and not wanted.links.exists() and not wanted.is_default:
        wanted.delete()
        wanted, before = former, {"name": former.name}
    else:
        before = {}
        Domain.objects.filter(is_default=True).exclude(pk=wanted.pk).update(is_default=False)
    wanted.name, wanted.is_default = host, True
    wanted.save()
    audit.record(actor=actor, action="domain.made_default", target=wanted, before=before, after={"name": host}, now=now)
    changes.publish(Link.objects.filter(domain=wanted).values_list("pk", flat=True))
    return wanted
