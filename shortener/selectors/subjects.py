"""What numbers can be about: a link, a tag, a domain or a team, as far as a reader may see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Min, Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.selectors import people
from portal.lib.errors import NotFound, PermissionDenied
from shortener.models import Domain, Link
from shortener.selectors import finding

KINDS = ("link", "tag", "domain", "team")


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """One thing that clicks are counted for.

    `links` are the links behind it. `pk` is the key of a link, domain or team; a tag has none. `since` is when it came
    to be. `rules` holds the names of a link's rules by their number.
    """

    kind: str
    key: str
    title: str
    links: QuerySet[Any]
    since: datetime | None
    pk: int = 0
    rules: Mapping[int, str] = field(default_factory=dict)

    @property
    def has_roll_ups(self) -> bool:
        """Whether its clicks are summed up as they come in; others are added up from their links."""
        return self.kind in {"team", "domain"}

    @property
    def by_link(self) -> Q | Func:
        """Its rows in the tables that count by link; those of a tag are found link by link, over the tables' keys.

        Left to itself, the planner would read every row of the days in question for a tag of many links.
        """
        if self.kind == "link":
            return Q(link_id=self.pk)
        if self.kind != "tag":
            return Q(link_id__in=self.links)
        among = Func(ArraySubquery(self.links), function="ANY")
        return Func(F("link_id"), among, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField())

    @property
    def by_scope(self) -> Q:
        """Its rows in the tables that count by scope."""
        return Q(scope=self.kind, scope_id=self.pk)


def find(actor: Actor, kind: str, key: str) -> Subject:
    """The subject of this kind and key; NotFound when there is none or `actor` may not see it."""
    finders: dict[str, Callable[[Actor, str], Subject]] = {
        "link": link_of, "tag": tag_of, "domain": domain_of, "team": team_of,
    }  # fmt: skip
    if kind not in finders or not key.isprintable():
        raise NotFound
    return finders[kind](actor, key)


def link_of(actor: Actor, public_id: str) -> Subject:
    """One link, by its public id."""
    return of_link(finding.get_link(actor, public_id))


def of_link(link: Link) -> Subject:
    """A link that was found before."""
    rules = {rule["id"]: rule.get("name") or f"Rule {rule['id']}" for rule in link.rules if rule.get("id")}
    found = Link.objects.filter(pk=link.pk).values("pk")
    title = link.title or link.slug
    return Subject("link", link.public_id, title, found, link.created_at, link.pk, rules)


def tag_of(actor: Actor, tag: str) -> Subject:
    """All links that `actor` may see and that carry the tag now; NotFound when there are none."""
    wanted = tag.strip().lower()
    found = finding.links(actor).filter(tags__contains=[wanted]) if wanted else Link.objects.none()
    since = found.order_by().aggregate(first=Min("created_at"))["first"]
    if since is None:
        raise NotFound(f"No link that you may see carries the tag {wanted}.")
    return Subject("tag", wanted, wanted, found.order_by().values("pk"), since)


def domain_of(actor: Actor, name: str) -> Subject:
    """One domain, by its name or public id; a domain of all teams adds up their numbers, for administrators only."""
    domain = finding.get_domain(actor, name)
    if not may_see_domain(actor, domain):
        raise PermissionDenied("This domain is open to all teams; its numbers are for administrators.")
    found = Link.objects.filter(domain=domain).values("pk")
    return Subject("domain", domain.public_id, domain.name, found, domain.created_at, domain.pk)


def may_see_domain(actor: Actor, domain: Domain) -> bool:
    """Whether `actor` may see the numbers of a domain that they may use."""
    return domain.team_id is not None or (actor.is_administrator and actor.only_team_id is None)


def team_of(actor: Actor, slug: str) -> Subject:
    """One team, by its slug or public id."""
    return of_team(people.team_by_reference(actor, slug))


def of_team(team: Team) -> Subject:
    """A team that was found before."""
    found = Link.objects.filter(team=team).values("pk")
    return Subject("team", team.slug, team.name, found, team.created_at, team.pk)
