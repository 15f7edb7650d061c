"""Contact points of teams."""

from django.db.models import QuerySet

from oncall.models import ContactPoint
from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound


def contact_points(actor: Actor) -> QuerySet[ContactPoint]:
    """Those that `actor` may see, the working ones first."""
    visible = ContactPoint.objects.visible_to(actor).select_related("team")
    return visible.order_by("team__name", "disabled_at", "name", "pk")


def get_contact_point(actor: Actor, public_id: str) -> ContactPoint:
    """One, or NotFound."""
    found = contact_points(actor).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such contact point, or you may not see it.")
    return found
