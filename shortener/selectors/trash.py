"""What lies in the trash."""

from portal.accounts.domain.actors import Actor
from shortener.models import Link, LinkState
from shortener.models.links import LinkQuerySet


def trashed(actor: Actor) -> LinkQuerySet:
    """The deleted links of the reader's teams that can still be restored, the last deleted first."""
    found = Link.objects.visible_to(actor).filter(state=LinkState.DELETED, deleted_at__isnull=False).exclude(target="")
    if not actor.is_administrator:
        found = found.filter(team_id__in=sorted(actor.team_ids))
    return found.select_related("domain", "team", "created_by").order_by("-deleted_at", "-pk")
