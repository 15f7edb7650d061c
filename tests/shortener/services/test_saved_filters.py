from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PermissionDenied
from shortener.exceptions import FilterNameTaken
from shortener.models import SavedFilter
from shortener.selectors import saved_filters as selectors
from shortener.services import saved_filters

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Any], Actor]
QUERY = {"q": "spring", "sort": "clicks"}


@pytest.fixture
def keep(actor_of: ActorOf, now: datetime) -> Callable[..., SavedFilter]:
    def make(person: Any, name: str = "Spring", **given: Any) -> SavedFilter:
        return saved_filters.save_filter(actor=actor_of(person), name=name, query=QUERY, now=now, **given)

    return make


def names(actor: Actor) -> list[str]:
    return [saved.name for saved in selectors.saved_filters(actor)]


def test_a_filter_is_kept_for_its_maker_alone(keep: Any, alice: Any, bob: Any, actor_of: ActorOf) -> None:
    saved = keep(bob)
    assert (saved.query, selectors.address_of(saved)) == (QUERY, "q=spring&sort=clicks")
    assert (names(actor_of(bob)), names(actor_of(alice))) == (["Spring"], [])
    assert AuditEntry.objects.filter(action="saved_filter.created", user=bob).exists()


def test_a_teams_filter_is_seen_by_the_team(
    keep: Any, bob: Any, vera: Any, charlie: Any, team: Any, actor_of: ActorOf
) -> None:
    keep(bob, team_id=team.pk)
    assert (names(actor_of(vera)), names(actor_of(charlie))) == (["Spring"], [])


def test_a_viewer_keeps_filters_but_not_for_the_team(keep: Any, vera: Any, team: Any) -> None:
    keep(vera)
    with pytest.raises(PermissionDenied):
        keep(vera, "Team's", team_id=team.pk)


def test_a_name_is_used_once(keep: Any, alice: Any, bob: Any) -> None:
    keep(bob)
    keep(alice)
    with pytest.raises(FilterNameTaken):
        keep(bob)


def test_programs_without_a_person_keep_none(now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        saved_filters.save_filter(actor=Actor.system("test"), name="x", query=QUERY, now=now)


def test_all_errors_come_at_once(bob: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        saved_filters.save_filter(actor=actor_of(bob), name=" ", query={"colour": "red"}, now=now)
    assert set(refused.value.fields) == {"name", "query"}


def test_an_empty_query_is_no_filter(bob: Any, actor_of: ActorOf, now: datetime) -> None:
    with pytest.raises(Invalid):
        saved_filters.save_filter(actor=actor_of(bob), name="All", query={"q": " "}, now=now)


def test_there_is_a_bound(keep: Any, bob: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_filters, "MOST", 1)
    keep(bob)
    with pytest.raises(Invalid):
        keep(bob, "Second")


def test_the_maker_changes_name_and_query(keep: Any, bob: Any, actor_of: ActorOf, now: datetime) -> None:
    saved = keep(bob)
    values = {"name": "Autumn", "query": {"tag": "autumn"}}
    changed = saved_filters.update_filter(actor=actor_of(bob), saved=saved, values=values, now=now)
    assert (changed.name, changed.query) == ("Autumn", {"tag": "autumn"})


def test_a_new_name_must_be_free(keep: Any, bob: Any, actor_of: ActorOf, now: datetime) -> None:
    keep(bob)
    with pytest.raises(FilterNameTaken):
        saved_filters.update_filter(actor=actor_of(bob), saved=keep(bob, "Other"), values={"name": "Spring"}, now=now)


def test_a_teams_filter_is_changed_by_its_maker_and_managers(
    keep: Any, alice: Any, bob: Any, vera: Any, team: Any, actor_of: ActorOf
) -> None:
    saved = keep(bob, team_id=team.pk)
    may = [saved_filters.may_change(actor_of(person), saved) for person in (alice, bob, vera)]
    assert may == [True, True, False]


def test_deleting_is_for_the_same_people(keep: Any, bob: Any, vera: Any, team: Any, actor_of: Any, now: Any) -> None:
    saved = keep(bob, team_id=team.pk)
    with pytest.raises(PermissionDenied):
        saved_filters.delete_filter(actor=actor_of(vera), saved=saved, now=now)
    saved_filters.delete_filter(actor=actor_of(bob), saved=saved, now=now)
    assert not SavedFilter.objects.exists()
