from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry, Team, User
from portal.catalog.exceptions import ServiceArchived, SlugTaken
from portal.catalog.models import Service
from portal.catalog.services import services
from portal.catalog.services.services import ServiceFacts
from portal.lib.errors import Invalid, PermissionDenied, PreconditionFailed

FACTS = ServiceFacts(name="Web", slug="web", tier=1, labels={"language": "python"})
ROOT = Actor.system("tests")


@pytest.fixture
def manager(alice: User, actor_of: Callable[[User], Actor]) -> Actor:
    return actor_of(alice)


def test_a_manager_adds_a_service(manager: Actor, team: Team, service: Service, now: datetime) -> None:
    made = services.create_service(actor=manager, team=team, facts=FACTS, needs=[service], now=now)
    assert (made.team, made.tier, made.labels) == (team, 1, {"language": "python"})
    assert made.dependencies.get().needs == service


def test_the_making_is_audited(manager: Actor, team: Team, now: datetime) -> None:
    services.create_service(actor=manager, team=team, facts=FACTS, now=now)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.team, entry.changes["slug"]) == ("service.created", team, [None, "web"])


@pytest.mark.parametrize("name", ["bob", "vera", "charlie"])
def test_only_managers_of_the_team_add(
    name: str, team: Team, actor_of: Callable[[User], Actor], request: pytest.FixtureRequest, now: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        services.create_service(actor=actor_of(request.getfixturevalue(name)), team=team, facts=FACTS, now=now)


def test_a_change_keeps_before_and_after(manager: Actor, service: Service, now: datetime) -> None:
    facts = replace(services.facts_of(service), tier=1)
    changed = services.update_service(actor=manager, service=service, facts=facts, now=now)
    assert changed.version == 2
    assert AuditEntry.objects.get().changes == {"tier": [2, 1]}


def test_the_slower_of_two_writers_is_told(manager: Actor, service: Service, now: datetime) -> None:
    services.update_service(actor=manager, service=service, facts=FACTS, expected_version=1, now=now)
    with pytest.raises(PreconditionFailed):
        services.update_service(actor=manager, service=service, facts=FACTS, expected_version=1, now=now)


def test_giving_a_service_away_needs_the_role_at_both_ends(
    manager: Actor, service: Service, other_team: Team, now: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        services.update_service(actor=manager, service=service, facts=FACTS, team=other_team, now=now)


def test_a_slug_is_taken_also_by_an_archived_service(manager: Actor, service: Service, now: datetime) -> None:
    services.archive_service(actor=manager, service=service, now=now)
    with pytest.raises(SlugTaken):
        services.create_service(actor=ROOT, team=service.team, facts=replace(FACTS, slug="checkout"), now=now)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        (replace(FACTS, slug="new"), "slug"),
        (replace(FACTS, labels={"Bad": "x"}), "labels"),
        (replace(FACTS, runbook_url="javascript:alert(1)"), "runbook_url"),
        (replace(FACTS, repository_url="ftp://example.com"), "repository_url"),
    ],
)
def test_bad_facts_name_their_field(facts: ServiceFacts, field: str, team: Team, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        services.create_service(actor=ROOT, team=team, facts=facts, now=now)
    assert list(caught.value.fields) == [field]


def test_archiving_keeps_the_row_and_can_be_undone(manager: Actor, service: Service, now: datetime) -> None:
    assert services.archive_service(actor=manager, service=service, now=now).archived_at == now
    assert services.restore_service(actor=manager, service=service, now=now).archived_at is None
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "service.archived",
        "service.restored",
    ]


def test_archiving_twice_changes_nothing(manager: Actor, service: Service, now: datetime) -> None:
    services.archive_service(actor=manager, service=service, now=now)
    services.archive_service(actor=manager, service=service, now=now)
    assert AuditEntry.objects.count() == 1


def test_an_archived_service_is_not_changed(manager: Actor, service: Service, now: datetime) -> None:
    services.archive_service(actor=manager, service=service, now=now)
    with pytest.raises(ServiceArchived):
        services.update_service(actor=manager, service=service, facts=FACTS, now=now)
