from collections.abc import Callable
from datetime import datetime

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.exceptions import NameTaken
from portal.accounts.models import AuditEntry, Membership, Team, User
from portal.accounts.services import teams
from portal.accounts.services.teams import TeamFacts
from portal.lib.errors import Invalid, PermissionDenied, PreconditionFailed

FACTS = TeamFacts(name="Platform", slug="platform", time_zone="Europe/Berlin")
ROOT = Actor.system("tests")


def test_a_team_starts_with_its_first_manager(alice: User, now: datetime) -> None:
    made = teams.create_team(actor=ROOT, facts=FACTS, manager=alice, now=now)
    assert Membership.objects.get(team=made).role == Role.MANAGER
    assert set(AuditEntry.objects.values_list("action", flat=True)) == {"team.created", "member.added"}


def test_only_administrators_make_teams(alice: User, actor_of: Callable[[User], Actor], now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        teams.create_team(actor=actor_of(alice), facts=FACTS, now=now)


@pytest.mark.parametrize("facts", [TeamFacts("payments", "other"), TeamFacts("Other", "payments")])
def test_name_and_slug_are_unique(team: Team, facts: TeamFacts, now: datetime) -> None:
    with pytest.raises(NameTaken):
        teams.create_team(actor=ROOT, facts=facts, now=now)


def test_a_slug_that_hides_a_page_is_refused(db: None, now: datetime) -> None:
    with pytest.raises(Invalid):
        teams.create_team(actor=ROOT, facts=TeamFacts("New", "new"), now=now)


def test_a_manager_changes_the_team(team: Team, alice: User, actor_of: Callable[[User], Actor], now: datetime) -> None:
    changed = teams.update_team(actor=actor_of(alice), team=team, facts=FACTS, expected_version=1, now=now)
    assert (changed.name, changed.version) == ("Platform", 2)
    assert AuditEntry.objects.get().changes["slug"] == ["payments", "platform"]


def test_a_responder_does_not(team: Team, bob: User, actor_of: Callable[[User], Actor], now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        teams.update_team(actor=actor_of(bob), team=team, facts=FACTS, now=now)


def test_the_slower_of_two_writers_is_told(team: Team, now: datetime) -> None:
    teams.update_team(actor=ROOT, team=team, facts=FACTS, expected_version=1, now=now)
    with pytest.raises(PreconditionFailed):
        teams.update_team(actor=ROOT, team=team, facts=FACTS, expected_version=1, now=now)
