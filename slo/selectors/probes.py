"""Reading probes and their results."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet
from slo.exceptions import ProbeNotFound
from slo.models import Probe, ProbeLocation, ProbeResult
from slo.models.probes import MAIN


def probes(actor: Actor) -> TeamOwnedQuerySet[Probe]:
    """The probes that `actor` may see: those that are down first, then by name."""
    found = Probe.objects.visible_to(actor).select_related("service__team", "sli").prefetch_related("at_locations")
    return found.order_by("state", "name", "pk")


def search(
    found: TeamOwnedQuerySet[Probe], *, text: str = "", service: str = "", state: str = "", kind: str = ""
) -> TeamOwnedQuerySet[Probe]:
    """Narrows `found` by words in name or URL, by service slug, by kind and by state; `paused` is one."""
    if text:
        found = found.filter(Q(name__icontains=text) | Q(url__icontains=text))
    if service:
        found = found.filter(service__slug=service)
    if kind:
        found = found.filter(kind=kind)
    if state == "paused":
        return found.filter(is_paused=True)
    return found.filter(state=state, is_paused=False) if state else found


def get_probe(actor: Actor, public_id: str) -> Probe:
    """One probe; ProbeNotFound when there is none or `actor` may not see it."""
    found = probes(actor).filter(public_id=public_id).first()
    if found is None:
        raise ProbeNotFound
    return found


def results(probe: Probe, *, start: datetime, end: datetime) -> QuerySet[ProbeResult]:
    """The results of `[start, end)`, the latest first."""
    return ProbeResult.objects.filter(probe=probe, slot_at__gte=start, slot_at__lt=end).order_by("-slot_at")


def lag(now: datetime, *, location: str = MAIN) -> timedelta:
    """How late the most overdue probe of a location is; zero when none is."""
    overdue = ProbeLocation.objects.filter(location=location, next_run_at__lt=now).order_by("next_run_at")
    due_at = overdue.values_list("next_run_at", flat=True).first()
    return timedelta(0) if due_at is None else now - due_at
