"""Reading heartbeats and their runs."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet
from slo.exceptions import HeartbeatNotFound
from slo.models import Heartbeat, HeartbeatRun

ORDER = ("down", "late", "new", "up", "paused")


def heartbeats(actor: Actor) -> TeamOwnedQuerySet[Heartbeat]:
    """The heartbeats that `actor` may see, those that are down first."""
    places = [When(state=state, then=Value(number)) for number, state in enumerate(ORDER)]
    found = Heartbeat.objects.visible_to(actor).select_related("service__team", "sli")
    return found.order_by(Case(*places, default=Value(len(ORDER)), output_field=IntegerField()), "name", "pk")


def search(
    found: TeamOwnedQuerySet[Heartbeat], *, text: str = "", service: str = "", state: str = ""
) -> TeamOwnedQuerySet[Heartbeat]:
    """Narrows `found` by words in the name, by service slug and by state."""
    if text:
        found = found.filter(Q(name__icontains=text) | Q(service__name__icontains=text))
    if service:
        found = found.filter(service__slug=service)
    return found.filter(state=state) if state else found


def get_heartbeat(actor: Actor, public_id: str) -> Heartbeat:
    """One heartbeat; HeartbeatNotFound when there is none or `actor` may not see it."""
    found = heartbeats(actor).filter(public_id=public_id).first()
    if found is None:
        raise HeartbeatNotFound
    return found


def runs(heartbeat: Heartbeat) -> QuerySet[HeartbeatRun]:
    """The runs that are kept of a heartbeat, the latest first."""
    return HeartbeatRun.objects.filter(heartbeat=heartbeat).order_by("-at", "-pk")
