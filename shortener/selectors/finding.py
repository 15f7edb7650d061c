"""Finding links and domains, as far as a reader may see them."""

from django.conf import settings
from django.db.models import Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from shortener.domain import addresses, rules
from shortener.domain.locations import header_safe
from shortener.domain.redirect import LinkFacts
from shortener.domain.replica import slug_key
from shortener.exceptions import LinkDeleted, NoSuchLink
from shortener.models import Domain, Link, LinkState
from shortener.models.links import LinkQuerySet


def links(actor: Actor) -> LinkQuerySet:
    """The links that `actor` may see, newest first, without tombstones."""
    return Link.objects.visible_to(actor).present().select_related("domain", "team").order_by("-pk")


def get_link(actor: Actor, public_id: str) -> Link:
    """The link with this public id.

    NoSuchLink when there is none or `actor` may not see it, LinkDeleted for a tombstone.
    """
    found = any_link(actor, public_id)
    if found.state == LinkState.DELETED:
        raise LinkDeleted
    return found


def any_link(actor: Actor, public_id: str) -> Link:
    """The same, tombstones included."""
    wanted = public_id if public_id.isprintable() else ""
    visible = Link.objects.visible_to(actor).select_related("domain", "team", "created_by")
    found = visible.filter(public_id=wanted).first()
    if found is None:
        raise NoSuchLink
    return found


def link_at(domain_name: str, slug: str) -> Link | None:
    """The link that lives at this address, tombstones left out; for pages that anybody may see."""
    is_possible = domain_name.isprintable() and slug.isprintable()
    domain = Domain.objects.filter(name=domain_name, archived_at=None).first() if is_possible else None
    if domain is None:
        return None
    key = slug_key(slug, case_sensitive=domain.case_sensitive)
    return Link.objects.present().select_related("domain").filter(domain=domain, key=key).first()


def at_address(found: LinkQuerySet, *, domain_name: str, slug: str) -> LinkQuerySet:
    """`found` narrowed to the address; without a domain to the default one."""
    wanted = Q(name=domain_name) if domain_name else Q(is_default=True)
    domain = Domain.objects.filter(wanted).first()
    if domain is None:
        return found.none()
    return found.filter(domain=domain, key=slug_key(slug, case_sensitive=domain.case_sensitive))


def link_count(actor: Actor) -> int:
    """How many links `actor` may see."""
    return links(actor).count()


def short_url(link: Link) -> str:
    """The address that people share."""
    domain = link.domain
    return addresses.short_url(
        link_url=settings.PORTAL_LINK_URL, domain=domain.name, is_default=domain.is_default, slug=link.slug
    )


def domains(actor: Actor) -> QuerySet[Domain]:
    """The domains that `actor` may use: those of all teams and those of their own, without archived ones."""
    found = Domain.objects.filter(archived_at=None).select_related("team")
    if actor.is_administrator and actor.only_team_id is None:
        return found
    return found.filter(Q(team=None) | Q(team__in=sorted(actor.team_ids)))


def get_domain(actor: Actor, name: str) -> Domain:
    """The domain of this name or public id; NotFound when `actor` may not use it."""
    wanted = name if name.isprintable() else ""
    found = domains(actor).filter(Q(name=wanted.lower()) | Q(public_id=wanted)).first()
    if found is None:
        raise NotFound("There is no such domain, or your teams may not use it.")
    return found


def used_tags(actor: Actor, *, limit: int = 100) -> list[str]:
    """The tags of the newest links that `actor` may see, in order."""
    rows = links(actor).exclude(tags=[]).values_list("tags", flat=True)[:500]
    return sorted({tag for tags in rows for tag in tags})[:limit]


def facts_of(link: Link) -> LinkFacts:
    """The link as the one decision of the redirect path sees it."""
    return LinkFacts(
        id=link.pk,
        target=header_safe(link.target),
        status=link.redirect_status,
        state=link.state if link.ban_id is None or link.state == LinkState.DELETED else LinkState.BANNED,
        not_before=link.not_before.timestamp() if link.not_before else None,
        expires_at=link.expires_at.timestamp() if link.expires_at else None,
        expired_target=header_safe(link.expired_target) if link.expired_target else None,
        max_age=link.max_age,
        forward_query=link.forward_query,
        password=bool(link.password_hash),
        preview=link.preview,
        forward_path=link.forward_path,
        is_indexed=link.is_indexed,
        max_visits=link.max_visits,
        open_without_counter=link.is_open_without_counter,
        rules=rules.parse(link.rules)[0],
    )
