"""Links to repair: those whose target was found dead, for the teams that can do something about it."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from portal.accounts.domain.actors import Actor
from shortener.models import LinkState, TargetCheck
from shortener.selectors import finding

COLUMNS = ("short_url", "target", "status", "error", "dead_since", "checked_at", "team", "owner")


def dead_links(actor: Actor, *, text: str = "", mine: bool = False) -> QuerySet[TargetCheck]:
    """The dead targets of active links of the actor's teams, the latest death first."""
    links = finding.links(actor).filter(state=LinkState.ACTIVE, ban=None).order_by()
    if not actor.is_administrator:
        links = links.filter(team__in=sorted(actor.team_ids))
    if mine:
        links = links.filter(created_by=actor.user_id)
    if text:
        links = links.filter(Q(slug__icontains=text) | Q(target__icontains=text) | Q(title__icontains=text))
    found = TargetCheck.objects.filter(dead_since__isnull=False, link__in=links.values("pk"))
    return found.select_related("link__domain", "link__team", "link__created_by").order_by("-dead_since", "-pk")


def rows(found: QuerySet[TargetCheck]) -> Iterator[tuple[str, ...]]:
    """The list as text, a row per link, in the order of COLUMNS; read in pieces."""
    for check in found.iterator(chunk_size=1000):
        link = check.link
        yield (
            finding.short_url(link),
            link.target,
            str(check.status or ""),
            check.error,
            check.dead_since.isoformat() if check.dead_since else "",
            check.checked_at.isoformat() if check.checked_at else "",
            link.team.slug,
            link.created_by.email if link.created_by else "",
        )
