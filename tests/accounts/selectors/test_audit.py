from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry, Team, User
from portal.accounts.selectors import audit
from portal.accounts.selectors.audit import AuditFilter
from portal.lib.errors import NotFound
from tests.factories.accounts import AuditEntryFactory

EVERYTHING = Actor.system("tests")


@pytest.fixture
def entry(team: Team, bob: User, now: datetime) -> AuditEntry:
    found: AuditEntry = AuditEntryFactory(team=team, user=bob, actor_label="Bob", target_id="srv_1", at=now)
    return found


@pytest.mark.parametrize(("name", "sees"), [("alice", True), ("bob", True), ("vera", False), ("charlie", False)])
def test_people_read_their_own_and_managers_their_teams(
    name: str, sees: bool, entry: AuditEntry, actor_of: Callable[[User], Actor], request: pytest.FixtureRequest
) -> None:
    actor = actor_of(request.getfixturevalue(name))
    assert (entry in audit.entries(actor)) is sees


def test_administrators_read_all(entry: AuditEntry, admin_user: User, actor_of: Callable[[User], Actor]) -> None:
    assert list(audit.entries(actor_of(admin_user))) == [entry]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (AuditFilter(), 1),
        (AuditFilter(actor="bo"), 1),
        (AuditFilter(actor="bob@example.com"), 1),
        (AuditFilter(actor="alice"), 0),
        (AuditFilter(action="service.created"), 1),
        (AuditFilter(action="service"), 1),
        (AuditFilter(action="serv"), 0),
        (AuditFilter(target="srv_1"), 1),
        (AuditFilter(target="check"), 1),
        (AuditFilter(team="payments"), 1),
        (AuditFilter(team="search"), 0),
    ],
)
def test_words_narrow(entry: AuditEntry, wanted: AuditFilter, found: int) -> None:
    assert audit.narrowed(audit.entries(EVERYTHING), wanted).count() == found


@pytest.mark.parametrize(("since", "until", "found"), [(0, 1, 1), (1, 2, 0), (-1, 0, 0)])
def test_the_span_holds_its_start_and_not_its_end(
    entry: AuditEntry, now: datetime, since: int, until: int, found: int
) -> None:
    wanted = AuditFilter(since=now + timedelta(hours=since), until=now + timedelta(hours=until))
    assert audit.narrowed(audit.entries(EVERYTHING), wanted).count() == found


def test_an_entry_that_one_may_not_read_is_not_found(
    entry: AuditEntry, charlie: User, actor_of: Callable[[User], Actor]
) -> None:
    with pytest.raises(NotFound):
        audit.get_entry(actor_of(charlie), entry.public_id)


def test_actions_are_listed_once(entry: AuditEntry) -> None:
    AuditEntryFactory()
    assert audit.known_actions() == ["service.created"]
