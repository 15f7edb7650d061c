"""The people and services of the demo."""

from dataclasses import dataclass, field
from datetime import datetime, time

from django.conf import settings

from oncall.services import schedules
from oncall.services.schedules import ScheduleFields
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team, User
from portal.accounts.selectors import actors
from portal.accounts.services import members, teams, users
from portal.accounts.services.teams import TeamFacts
from portal.catalog.models import Service
from portal.catalog.services import services
from portal.catalog.services.services import ServiceFacts
from portal.seed.demo import plan

SYSTEM = Actor.system("demo")


@dataclass
class Cast:
    """Everybody and everything that the history is told with."""

    team: Team
    people: list[User]
    services: dict[str, Service] = field(default_factory=dict)

    def actor(self, index: int) -> Actor:
        """One of the responders, in turn."""
        responders = self.people[:4]
        return actors.actor_for_user(responders[index % len(responders)])


def introduce(*, password: str | None, start: datetime) -> Cast:
    """Makes the team, its people, their services and their rotation, as of `start`."""
    name, slug = plan.TEAM
    facts = TeamFacts(name=name, slug=slug, time_zone="Europe/Berlin")
    team = teams.create_team(actor=SYSTEM, facts=facts, now=start)
    cast = Cast(team, [_person(team, *one, password=password, now=start) for one in plan.PEOPLE])
    for described in plan.SERVICES:
        cast.services[described.slug] = _service(cast, described, start)
    _publish_rotation(cast, start)
    return cast


def _person(
    team: Team, email: str, name: str, role: str, time_zone: str, *, password: str | None, now: datetime
) -> User:
    user = users.create_user(actor=SYSTEM, email=email, name=name, password=password, time_zone=time_zone, now=now)
    members.add_member(actor=SYSTEM, team=team, user=user, role=Role(role), now=now)
    return user


def _service(cast: Cast, described: plan.DemoService, now: datetime) -> Service:
    facts = ServiceFacts(
        name=described.name,
        slug=described.slug,
        tier=described.tier,
        description=described.description,
        runbook_url=f"https://runbooks.example/{described.slug}",
        repository_url=f"https://code.example/{described.slug}",
        labels={"demo": "yes"},
        is_public=described.tier <= 2,
    )
    needs = [cast.services[slug] for slug in described.needs]
    return services.create_service(actor=SYSTEM, team=cast.team, facts=facts, needs=needs, now=now)


def _publish_rotation(cast: Cast, now: datetime) -> None:
    fields = ScheduleFields(
        name="Storefront weekly",
        zone="Europe/Berlin",
        handoff_weekday=0,
        handoff_time=time(10),
        member_ids=tuple(user.pk for user in cast.people[:4]),
    )
    schedules.create_schedule(actor=cast.actor(0), team_id=cast.team.pk, fields=fields, now=now)


def probe_url(slug: str) -> str:
    """Where the demo's live probes ask: this portal itself, so that the numbers go on after the history ends."""
    return f"{settings.PORTAL_SELF_WEB_URL}/healthz?demo={slug}"
