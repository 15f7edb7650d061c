"""What moderators look at: bans, blocklists, and the queue of reports. Administrators only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote

import can_ada
from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Func, Max, Min, Q, QuerySet, TextField

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, User
from shortener.domain import addresses
from shortener.domain.targets import normal_host
from shortener.exceptions import NothingToModerate
from shortener.models import AbuseReport, Ban, BlockRule, Domain, Link
from shortener.models.links import LinkQuerySet
from shortener.selectors import finding


@dataclass(frozen=True, slots=True)
class Case:
    """All open reports of one link, or of one address that is none: what is decided at once."""

    key: str
    address: str
    link: Link | None
    reports: int
    people: int
    first_at: datetime
    last_at: datetime
    reasons: list[str]


def bans(actor: Actor, *, in_force: bool = True, text: str = "") -> QuerySet[Ban]:
    """The bans in force, or those that were lifted, newest first."""
    actor.require_administrator()
    found = Ban.objects.filter(lifted_at__isnull=in_force).select_related("created_by")
    if text:
        found = found.filter(Q(value__icontains=text) | Q(reason__icontains=text))
    return found.annotate(held=Count("links")).order_by("-pk")


def names_of(found: Iterable[Ban]) -> dict[str, str]:
    """What people call the links and owners that bans name by id: short addresses, and names."""
    ids = [ban.value for ban in found if ban.kind != Ban.Kind.HOST]
    links = Link.objects.filter(public_id__in=ids).select_related("domain")
    names = {link.public_id: finding.short_url(link) for link in links}
    people = User.objects.filter(public_id__in=ids).values_list("public_id", "name", "email")
    names |= {public_id: f"{name} ({email})" for public_id, name, email in people}
    return names | dict(Team.objects.filter(public_id__in=ids).values_list("public_id", "name"))


def get_ban(actor: Actor, public_id: str) -> Ban:
    """The ban with this public id, or NothingToModerate."""
    actor.require_administrator()
    found = Ban.objects.select_related("created_by").filter(public_id=public_id).first()
    if found is None:
        raise NothingToModerate
    return found


def rules(actor: Actor, *, text: str = "", kind: str = "") -> QuerySet[BlockRule]:
    """The rules of the blocklist, newest first."""
    actor.require_administrator()
    found = BlockRule.objects.select_related("created_by").order_by("-pk")
    found = found.filter(kind=kind) if kind else found
    return found.filter(Q(value__icontains=text) | Q(reason__icontains=text)) if text else found


def get_rule(actor: Actor, public_id: str) -> BlockRule:
    """The rule with this public id, or NothingToModerate."""
    actor.require_administrator()
    found = BlockRule.objects.filter(public_id=public_id).first()
    if found is None:
        raise NothingToModerate
    return found


def reports(actor: Actor, *, state: str = "") -> QuerySet[AbuseReport]:
    """Reports of abuse, newest first."""
    actor.require_administrator()
    found = AbuseReport.objects.select_related("link__domain", "link__team", "decided_by").order_by("-pk")
    return found.filter(state=state) if state else found


def get_report(actor: Actor, public_id: str) -> AbuseReport:
    """The report with this public id, or NothingToModerate."""
    found = reports(actor).filter(public_id=public_id).first()
    if found is None:
        raise NothingToModerate
    return found


def same_case(report: AbuseReport) -> QuerySet[AbuseReport]:
    """All reports of the same link, or of the same address when it is none."""
    if report.link_id is not None:
        return AbuseReport.objects.filter(link=report.link_id).order_by("-pk")
    return AbuseReport.objects.filter(link=None, address=report.address).order_by("-pk")


def queue(actor: Actor, *, limit: int = 200) -> list[Case]:
    """The open cases, those with the most reporters first."""
    actor.require_administrator()
    rows = list(
        AbuseReport.objects.filter(state=AbuseReport.State.OPEN)
        .values("link", "address")
        .annotate(
            reports=Count("pk"),
            people=Count("reporter", distinct=True),
            reasons=ArrayAgg("reason", distinct=True),
            first_at=Min("created_at"),
            last_at=Max("created_at"),
            newest=Max("pk"),
        )
        .order_by("-people", "-last_at")[:limit]
    )
    newest = AbuseReport.objects.select_related("link__domain", "link__team").in_bulk([row["newest"] for row in rows])
    return [_case(newest[row["newest"]], row) for row in rows]


def links_to(host: str) -> LinkQuerySet:
    """The links that may lead to a host or one of its subdomains, found by index."""
    names = Func("target_hosts", function="shortener_host_suffixes", output_field=ArrayField(TextField()))
    wanted: Any = [normal_host(host)]
    found: LinkQuerySet = Link.objects.present().annotate(names=names).filter(names__contains=wanted)
    return found


def link_named(text: str) -> Link | None:
    """The link that a moderator or a reporter means: its id, or its short address with or without scheme."""
    text = text.strip()
    if not text.isprintable():
        return None
    if text.startswith("lnk_"):
        return Link.objects.present().select_related("domain", "team").filter(public_id=text).first()
    host, slug = _place(text)
    return finding.link_at(host, slug) if slug else None


def host_named(text: str) -> str:
    """The host that a moderator means: typed alone, or within an address; as it was typed when it is neither."""
    try:
        return normal_host(can_ada.parse(text if "://" in text else f"https://{text}").hostname)
    except ValueError:
        return text.lower()


def _place(text: str) -> tuple[str, str]:
    """The domain as it is stored and the slug of a short address; the portal's own `/go/` included."""
    try:
        url = can_ada.parse(text if "://" in text else f"https://{text}")
    except ValueError:
        return "", ""
    path = unquote(url.pathname).lstrip("/")
    if path.startswith("go/") and path.count("/") >= 2:
        _, host, path = path.split("/", 2)
        return normal_host(host), path.rstrip("+")
    host = normal_host(url.hostname)
    names = set(Domain.objects.filter(name__in=[host, f"{host}:{url.port}"]).values_list("name", flat=True))
    host = host if host in names or not names else next(iter(names))
    if host == addresses.link_host(settings.PORTAL_LINK_URL):
        default = Domain.objects.filter(is_default=True).values_list("name", flat=True).first()
        host = default or host
    return host, path.split("/", 1)[0].removesuffix("+")


def _case(report: AbuseReport, row: Mapping[str, Any]) -> Case:
    facts = {name: row[name] for name in ("reports", "people", "reasons", "first_at", "last_at")}
    return Case(key=report.public_id, address=report.address, link=report.link, **facts)
