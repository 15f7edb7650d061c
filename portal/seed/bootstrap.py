"""What a portal needs before its first reader comes: an administrator, a team, and a watch over itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import connection, transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, User
from portal.accounts.services import teams, users
from portal.accounts.services.teams import TeamFacts
from portal.catalog.models import Service
from portal.catalog.services import services
from portal.catalog.services.services import ServiceFacts
from shortener.domain import addresses
from shortener.services import domains
from slo.services import objectives, probes, slis

ACTOR = Actor.system("setup")
SOURCE = "shortener.redirects"
LOCK = 7003


@dataclass(frozen=True, slots=True)
class Watched:
    """One part of the portal that the portal watches itself."""

    slug: str
    name: str
    description: str
    probe_name: str
    url: str


def bootstrap(*, email: str, password: str, now: datetime) -> bool:
    """Makes what is missing and says whether the administrator was made just now. A repeat changes nothing.

    Two at once take turns. What people changed since stays as they left it; only the addresses that are probed
    follow the settings.
    """
    with transaction.atomic():
        _take_turns()
        administrator, created = users.ensure_administrator(email=email, password=password, now=now)
        domains.ensure_default_domain(host=addresses.link_host(settings.PORTAL_LINK_URL), now=now)
        team = _ensure_team(administrator, now)
        for watched in own_parts():
            _ensure_watched(team, watched, now)
    return created


def own_parts() -> list[Watched]:
    """The pages and the short links, each with the address at which a customer would meet it."""
    return [
        Watched(
            slug="portal",
            name="Portal",
            description="The pages and the API of this portal, probed from outside its own process.",
            probe_name="Portal answers",
            url=f"{settings.PORTAL_SELF_WEB_URL}/healthz",
        ),
        Watched(
            slug="shortener",
            name="Short links",
            description="The redirects of short links: probed from outside, and counted at every edge.",
            probe_name="Links answer",
            url=f"{settings.PORTAL_SELF_LINK_URL}/robots.txt",
        ),
    ]


def _take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _ensure_team(administrator: User, now: datetime) -> Team:
    facts = TeamFacts(name="Platform", slug="platform", time_zone=administrator.time_zone)
    existing = Team.objects.filter(slug=facts.slug).first()
    return existing or teams.create_team(actor=ACTOR, facts=facts, now=now, manager=administrator)


def _ensure_watched(team: Team, watched: Watched, now: datetime) -> None:
    existing = Service.objects.filter(slug=watched.slug).first()
    if existing is not None:
        name = f"self:{watched.slug}"
        probes.ensure_probe(actor=ACTOR, external_name=name, service=existing, facts={"url": watched.url}, now=now)
        return
    facts = ServiceFacts(
        name=watched.name,
        slug=watched.slug,
        tier=1,
        description=watched.description,
        labels={"kind": "self-watch"},
        is_public=True,
    )
    service = services.create_service(actor=ACTOR, team=team, facts=facts, now=now)
    _watch(service, watched, now)


def _watch(service: Service, watched: Watched, now: datetime) -> None:
    probe = probes.ensure_probe(
        actor=ACTOR,
        external_name=f"self:{watched.slug}",
        service=service,
        facts={"name": watched.probe_name, "url": watched.url, "interval": timedelta(seconds=10)},
        now=now,
    )
    objectives.ensure_slo(
        actor=ACTOR,
        external_name=f"self:{watched.slug}:available",
        service=service,
        sli=probe.sli,
        facts={"name": watched.probe_name, "objective": Decimal("0.99"), "description": watched.description},
        now=now,
    )
    if service.slug == "shortener":
        objectives.ensure_slo(
            actor=ACTOR,
            external_name="self:shortener:redirects",
            service=service,
            sli=slis.ensure_source_sli(actor=ACTOR, service=service, source=SOURCE, now=now),
            facts={"name": "Redirects right and in time", "objective": Decimal("0.999")},
            now=now,
        )
