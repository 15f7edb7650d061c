"""The saved filters that a reader has."""

from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from shortener.models import SavedFilter


def saved_filters(actor: Actor) -> QuerySet[SavedFilter]:
    """The reader's own, and those of their teams, by name."""
    own = Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk=None)
    mine = Q(team=None) & own
    if actor.only_team_id is not None:
        return SavedFilter.objects.select_related("team", "user").filter(mine | Q(team_id=actor.only_team_id))
    return SavedFilter.objects.select_related("team", "user").filter(own | Q(team_id__in=sorted(actor.team_ids)))


def get_saved_filter(actor: Actor, public_id: str) -> SavedFilter:
    """The one with this public id, or NotFound."""
    wanted = public_id if public_id.isprintable() else ""
    found = saved_filters(actor).filter(public_id=wanted).first()
    if found is None:
        raise NotFound("There is no such filter, or it is not yours.")
    return found


def address_of(saved: SavedFilter) -> str:
    """The words of the filter as the query of an address."""
    return urlencode(saved.query)
