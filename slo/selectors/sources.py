"""Reading where numbers come from: servers, and SLIs with what reads them."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q

from portal.accounts.domain.actors import Actor
from portal.accounts.models import TeamOwnedQuerySet
from slo.exceptions import PrometheusServerNotFound, SliNotFound
from slo.models import PrometheusFeed, PrometheusServer, Sli, Slo

OWN_STREAMS = ("derived", "composite")


def servers(actor: Actor) -> TeamOwnedQuerySet[PrometheusServer]:
    """The Prometheus servers that `actor` may see."""
    return PrometheusServer.objects.visible_to(actor).select_related("team").order_by("name", "pk")


def get_server(actor: Actor, public_id: str) -> PrometheusServer:
    """One server; PrometheusServerNotFound when there is none or `actor` may not see it."""
    found = servers(actor).filter(public_id=public_id).first()
    if found is None:
        raise PrometheusServerNotFound
    return found


def servers_of(team_id: int) -> Iterable[PrometheusServer]:
    """The servers of one team, without a check: for callers that have made it."""
    return PrometheusServer.objects.filter(team_id=team_id).order_by("name", "pk")


def slis(actor: Actor) -> TeamOwnedQuerySet[Sli]:
    """The SLIs that `actor` may see, with the SLOs that use them; the own streams of SLOs are left out."""
    used = Prefetch("slos", Slo.objects.filter(archived_at=None).order_by("name"))
    found = Sli.objects.visible_to(actor).exclude(kind__in=OWN_STREAMS)
    return found.select_related("service__team").prefetch_related(used).order_by("service__name", "name", "pk")


def search(
    found: TeamOwnedQuerySet[Sli], *, text: str = "", service: str = "", kind: str = "", trouble: str = ""
) -> TeamOwnedQuerySet[Sli]:
    """Narrows `found` by words in the name, by service slug, by kind, and to those that have a problem."""
    if text:
        found = found.filter(Q(name__icontains=text) | Q(service__name__icontains=text))
    if service:
        found = found.filter(service__slug=service)
    if trouble:
        found = found.exclude(problem="")
    return found.filter(kind=kind) if kind else found


def get_sli(actor: Actor, public_id: str) -> Sli:
    """One SLI, own streams included, with all that its page shows; SliNotFound as for others."""
    found = Sli.objects.visible_to(actor).select_related("service__team", "probe", "owner", "feed__server", "heartbeat")
    sli = found.filter(public_id=public_id).first()
    if sli is None:
        raise SliNotFound
    return sli


def feed_of(sli: Sli) -> PrometheusFeed | None:
    """How an SLI of Prometheus is read; None for another."""
    return PrometheusFeed.objects.select_related("server").filter(sli=sli).first()
