"""Keeping ad-hoc queries for a team."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PermissionDenied
from slo.models import SavedQuery
from slo.services import saved_queries

pytestmark = pytest.mark.django_db
ASKED = {"measure": "bad", "way": "sum", "by": "service", "unknown": "x"}


@pytest.fixture
def save(team: Any, actor_of: Callable[[Any], Any], now: datetime) -> Callable[..., SavedQuery]:
    def saved(user: Any, name: str = "Bad events", **asked: str) -> SavedQuery:
        return saved_queries.save_query(actor=actor_of(user), team_id=team.pk, name=name, asked=ASKED | asked, now=now)

    return saved


def test_a_query_is_kept_as_it_was_asked(bob: Any, save: Callable[..., SavedQuery]) -> None:
    assert save(bob, " Bad events ").name == "Bad events"
    assert SavedQuery.objects.get().asked == {"measure": "bad", "way": "sum", "by": "service"}
    assert AuditEntry.objects.filter(action="query.saved").count() == 1


@pytest.mark.parametrize(
    ("name", "asked", "fields"),
    [("", {}, {"title"}), ("x" * 101, {}, {"title"}), ("", {"measure": "sql", "way": ""}, {"title", "measure"})],
    ids=["no-name", "long", "both"],
)
def test_what_cannot_be_kept_is_named(
    bob: Any, save: Callable[..., SavedQuery], name: str, asked: dict[str, str], fields: set[str]
) -> None:
    with pytest.raises(Invalid) as raised:
        save(bob, name, **asked)
    assert set(raised.value.fields) == fields


def test_a_name_is_there_once_in_a_team(bob: Any, save: Callable[..., SavedQuery]) -> None:
    save(bob)
    with pytest.raises(Invalid, match="not valid"):
        save(bob)


def test_a_viewer_keeps_nothing(vera: Any, save: Callable[..., SavedQuery]) -> None:
    with pytest.raises(PermissionDenied):
        save(vera)


def test_a_forgotten_query_leaves_its_trace(
    bob: Any, save: Callable[..., SavedQuery], actor_of: Callable[[Any], Any], now: datetime
) -> None:
    saved_queries.delete_query(actor=actor_of(bob), saved=save(bob), now=now)
    assert SavedQuery.objects.count() == 0
    assert AuditEntry.objects.get(action="query.deleted").changes["name"] == ["Bad events", None]
