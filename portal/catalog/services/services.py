"""Making, changing and archiving services."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction

from portal.accounts.domain import slugs
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.services import audit
from portal.catalog.domain import labels
from portal.catalog.exceptions import ServiceArchived, SlugTaken
from portal.catalog.models import Service
from portal.catalog.services import dependencies
from portal.lib.errors import Invalid, PreconditionFailed

SCHEMES = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """What is known of a service."""

    name: str
    slug: str
    tier: int = 3
    description: str = ""
    runbook_url: str = ""
    repository_url: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    is_public: bool = False


@transaction.atomic
def create_service(
    *, actor: Actor, team: Team, facts: ServiceFacts, now: datetime, needs: Sequence[Service] = ()
) -> Service:
    """Adds a service of `team` to the catalog, with the services that it needs."""
    actor.require(Role.MANAGER, team.pk)
    _check(facts)
    service = Service.objects.create(team=team, **asdict(facts))
    audit.record(actor=actor, action="service.created", target=service, after=shown(service), now=now)
    dependencies.set_dependencies(actor=actor, service=service, needs=needs, now=now)
    return service


@transaction.atomic
def update_service(
    *,
    actor: Actor,
    service: Service,
    facts: ServiceFacts,
    now: datetime,
    team: Team | None = None,
    needs: Sequence[Service] | None = None,
    expected_version: int | None = None,
) -> Service:
    """Changes a service, and what it needs where that is given; handing it to another team needs the role there too.

    PreconditionFailed when somebody else changed it since `expected_version`.
    """
    locked = _locked(actor, service, expected_version)
    if locked.archived_at is not None:
        raise ServiceArchived
    if team is not None:
        actor.require(Role.MANAGER, team.pk)
    _check(facts, besides=locked)
    before = shown(locked)
    for name, value in asdict(facts).items():
        setattr(locked, name, value)
    locked.team = team or locked.team
    _save(locked)
    audit.record(actor=actor, action="service.updated", target=locked, before=before, after=shown(locked), now=now)
    if needs is not None:
        dependencies.set_dependencies(actor=actor, service=locked, needs=needs, now=now)
    return locked


@transaction.atomic
def archive_service(*, actor: Actor, service: Service, now: datetime, expected_version: int | None = None) -> Service:
    """Takes a service out of lists and pickers, with its history kept; archiving it again changes nothing."""
    locked = _locked(actor, service, expected_version)
    if locked.archived_at is None:
        locked.archived_at = now
        _save(locked)
        audit.record(actor=actor, action="service.archived", target=locked, after={"archived_at": now}, now=now)
    return locked


@transaction.atomic
def restore_service(*, actor: Actor, service: Service, now: datetime) -> Service:
    """Brings an archived service back; one that is there stays as it is."""
    locked = _locked(actor, service, None)
    if locked.archived_at is not None:
        before = {"archived_at": locked.archived_at}
        locked.archived_at = None
        _save(locked)
        audit.record(actor=actor, action="service.restored", target=locked, before=before, now=now)
    return locked


def shown(service: Service) -> dict[str, object]:
    """What the audit log keeps of a service."""
    return {"team": service.team.slug, **asdict(facts_of(service))}


def facts_of(service: Service) -> ServiceFacts:
    """The facts as they are stored."""
    return ServiceFacts(
        name=service.name,
        slug=service.slug,
        tier=service.tier,
        description=service.description,
        runbook_url=service.runbook_url,
        repository_url=service.repository_url,
        labels=service.labels,
        is_public=service.is_public,
    )


def _locked(actor: Actor, service: Service, expected_version: int | None) -> Service:
    locked = Service.objects.select_for_update(of=("self",)).select_related("team").get(pk=service.pk)
    actor.require(Role.MANAGER, locked.team_id)
    if expected_version is not None and locked.version != expected_version:
        raise PreconditionFailed
    return locked


def _save(service: Service) -> None:
    service.version += 1
    service.save()


def _check(facts: ServiceFacts, besides: Service | None = None) -> None:
    fields: dict[str, list[str]] = {}
    if wrong := slugs.problems(facts.slug):
        fields["slug"] = wrong
    if wrong := labels.problems(facts.labels):
        fields["labels"] = wrong
    for name, url in (("runbook_url", facts.runbook_url), ("repository_url", facts.repository_url)):
        if url and not url.startswith(SCHEMES):
            fields[name] = ["Give an address that begins with https:// or http://."]
    if fields:
        raise Invalid(fields=fields)
    others = Service.objects.exclude(pk=besides.pk) if besides else Service.objects.all()
    if others.filter(slug=facts.slug).exists():
        raise SlugTaken(fields={"slug": [SlugTaken.title]})
