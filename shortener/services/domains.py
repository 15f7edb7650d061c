"""The domains under which links are served."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, F
from django.db.models.functions import Lower

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.services import audit
from portal.lib.errors import PreconditionFailed
from shortener.domain import addresses
from shortener.exceptions import DomainInUse, DomainNameTaken, InvalidDomain, InvalidLink
from shortener.models import Domain, Link
from shortener.services import changes, domain_fields

NAMING = 7002
"""Advisory lock of whoever makes or renames the default domain; taken before any row, as `changes.LOCK` is after."""

STORED = ("name", *domain_fields.FLAGS, "pages", "root_target", "archived_at")


def create_domain(*, actor: Actor, team_id: int | None, values: Mapping[str, Any], now: datetime) -> Domain:
    """Adds a domain to a team, or (for administrators) one that all teams may use.

    InvalidDomain names all wrong fields; a host name is one domain for good, archived ones included.
    """
    actor.require(Role.MANAGER, team_id)
    cleaned = domain_fields.clean(values)
    _require_team(team_id, cleaned)
    with transaction.atomic():
        if Domain.objects.filter(name=cleaned["name"]).exists():
            raise DomainNameTaken(fields={"name": [DomainNameTaken.title]})
        _make_room(team_id, cleaned, keep=0)
        domain = Domain.objects.create(team_id=team_id, created_at=now, **cleaned)
        audit.record(actor=actor, action="domain.created", target=domain, after=snapshot(domain), now=now)
        changes.publish([])
    return domain


def update_domain(
    *, actor: Actor, domain: Domain, values: Mapping[str, Any], expected_version: int | None = None, now: datetime
) -> Domain:
    """Changes the given fields, and tells every edge. Values that change nothing leave everything alone.

    The name stays once there are links; the case rule may change while no two slugs become one.
    """
    with transaction.atomic():
        current = _locked(actor, domain, expected_version)
        cleaned = domain_fields.clean(values, domain=current)
        _require_team(current.team_id, cleaned)
        if cleaned.get("name", current.name) != current.name:
            _require_no_links(current)
        _make_room(current.team_id, cleaned, keep=current.pk)
        return _saved(actor, current, cleaned, "domain.updated", now)


def archive_domain(*, actor: Actor, domain: Domain, expected_version: int | None = None, now: datetime) -> Domain:
    """Takes a domain out of service: its links answer 404 on every edge. A repeat changes nothing."""
    with transaction.atomic():
        current = _locked(actor, domain, expected_version)
        if current.is_default:
            raise DomainInUse("The portal's own link domain cannot be archived.")
        if current.archived_at is not None:
            return current
        return _saved(actor, current, {"archived_at": now, "is_team_default": False}, "domain.archived", now)


def restore_domain(*, actor: Actor, domain: Domain, expected_version: int | None = None, now: datetime) -> Domain:
    """Puts an archived domain back into service with all its links. A repeat changes nothing."""
    with transaction.atomic():
        current = _locked(actor, domain, expected_version)
        if current.archived_at is None:
            return current
        return _saved(actor, current, {"archived_at": None}, "domain.restored", now)


def snapshot(domain: Domain) -> dict[str, Any]:
    """The fields of a domain that the audit log compares; of the logo, its size in bytes."""
    return {name: getattr(domain, name) for name in STORED} | {"logo_bytes": len(bytes(domain.logo))}


def ensure_default_domain(*, host: str, now: datetime) -> Domain:
    """Makes the default domain, or gives it the name `host` when the portal's link URL changed.

    Its links stay reachable: they move along, and every edge is told. Calling it again changes nothing. Of several
    callers at once the first does it, and the others lock no row.
    """
    found = _default_named(host)
    if found is not None:
        return found
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NAMING])
        return _default_named(host) or _named(host, now)


def hold(domain: Domain, *, team_id: int) -> None:
    """Reads the case rule anew and keeps it as it is until the caller's transaction ends.

    InvalidLink when the domain went out of service meanwhile, or belongs to another team.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_sensitive, archived_at FROM shortener_domain WHERE id = %s FOR KEY SHARE", [domain.pk]
        )
        domain.case_sensitive, domain.archived_at = cursor.fetchone()
    if domain.archived_at is not None:
        raise InvalidLink(fields={"domain": ["This domain is out of service."]})
    if domain.team_id not in {None, team_id}:
        raise InvalidLink(fields={"domain": ["This domain belongs to another team."]})


def default_domain(*, team_id: int | None = None, now: datetime) -> Domain:
    """Where a team's links go when nobody chooses: the team's default, else the portal's, made on first use."""
    if team_id is not None:
        own = Domain.objects.filter(team_id=team_id, is_team_default=True, archived_at=None).first()
        if own is not None:
            return own
    found = Domain.objects.filter(is_default=True).first()
    return found or ensure_default_domain(host=addresses.link_host(settings.PORTAL_LINK_URL), now=now)


def _default_named(host: str) -> Domain | None:
    return Domain.objects.filter(is_default=True, name=host).first()


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


def _locked(actor: Actor, domain: Domain, expected_version: int | None) -> Domain:
    actor.require(Role.MANAGER, domain.team_id)
    current = Domain.objects.select_for_update(of=["self"]).select_related("team").get(pk=domain.pk)
    if expected_version is not None and current.version != expected_version:
        raise PreconditionFailed
    return current


def _saved(actor: Actor, domain: Domain, values: Mapping[str, Any], action: str, now: datetime) -> Domain:
    before, logo = snapshot(domain), bytes(domain.logo)
    for name, value in values.items():
        setattr(domain, name, value)
    after = snapshot(domain)
    if before == after and logo == bytes(domain.logo):
        return domain
    domain.version += 1
    domain.save()
    audit.record(actor=actor, action=action, target=domain, before=before, after=after, now=now)
    changes.publish(_touched(domain, before, after))
    return domain


def _touched(domain: Domain, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[int]:
    """The links whose answer changes with the domain; their keys follow the case rule."""
    links = Link.objects.filter(domain=domain)
    if before["case_sensitive"] != after["case_sensitive"]:
        _rekey(domain)
        return links.values_list("pk", flat=True)
    has_moved = before["archived_at"] != after["archived_at"]
    return links.values_list("pk", flat=True) if has_moved else []


def _rekey(domain: Domain) -> None:
    links = Link.objects.filter(domain=domain)
    if domain.case_sensitive:
        links.update(key=F("slug"))
        return
    doubled = links.values(folded=Lower("slug")).annotate(links=Count("pk")).filter(links__gt=1)
    twins = list(doubled.values_list("folded", flat=True)[:3])
    if twins:
        text = f"Some slugs differ by their case only: {', '.join(twins)}. They cannot become one."
        raise DomainInUse(text, fields={"case_sensitive": [text]})
    links.update(key=Lower("slug"))


def _require_no_links(domain: Domain) -> None:
    if domain.is_default or domain.links.exists():
        text = "The name stays once there are links under it; add another domain instead."
        raise DomainInUse(text, fields={"name": [text]})


def _require_team(team_id: int | None, cleaned: Mapping[str, Any]) -> None:
    if team_id is None and cleaned.get("is_team_default"):
        raise InvalidDomain(fields={"is_team_default": ["Only a team's own domain can be its default."]})


def _make_room(team_id: int | None, cleaned: Mapping[str, Any], *, keep: int) -> None:
    """A team has one default: a new one takes over."""
    if team_id is not None and cleaned.get("is_team_default"):
        Domain.objects.filter(team_id=team_id, is_team_default=True).exclude(pk=keep).update(is_team_default=False)
