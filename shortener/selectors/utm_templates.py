"""Finding the UTM templates of a reader's teams."""

from django.db.models import QuerySet

from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from shortener.models import UtmTemplate


def templates(actor: Actor) -> QuerySet[UtmTemplate]:
    """The templates of the teams that `actor` belongs to, in order of their names; all of them for administrators."""
    found = UtmTemplate.objects.select_related("team").order_by("name", "pk")
    if actor.is_administrator and actor.only_team_id is None:
        return found
    return found.filter(team__in=sorted(actor.team_ids))


def get_template(actor: Actor, public_id: str) -> UtmTemplate:
    """One of `templates`; NotFound otherwise."""
    wanted = public_id if public_id.isprintable() else ""
    found = templates(actor).filter(public_id=wanted).first()
    if found is None:
        raise NotFound("There is no such template, or your teams may not use it.")
    return found
