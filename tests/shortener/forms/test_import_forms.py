from collections.abc import Callable
from typing import Any

import pytest

from shortener.forms.imports import ImportForm, MappingForm
from shortener.models import ImportJob
from tests.factories.shortener import DomainFactory

pytestmark = pytest.mark.django_db

ActorOf = Callable[[Any], Any]


def job(**fields: str) -> ImportJob:
    return ImportJob(mapping={"columns": ["where", "key", "note"], "fields": fields})


def test_fields_with_a_column_stand_first_and_the_rest_is_at_hand() -> None:
    form = MappingForm(job=job(target="where", notes="note"))
    shown = [field.name for field in form.mapped()]
    assert shown == ["map_target", "map_slug", "map_title", "map_tags", "map_notes", "map_created_at"]
    assert not {field.name for field in form.unmapped()} & set(shown)


def test_what_is_sent_becomes_mapping_and_options() -> None:
    form = MappingForm({"map_target": "where", "existing": "skip", "add_tags": "a, b", "visits": "on"}, job=job())
    assert form.is_valid()
    assert {name: column for name, column in form.mapping().items() if column} == {"target": "where"}
    assert form.options() == {"existing": "skip", "add_tags": ["a", "b"], "visits": True}


def test_errors_of_fields_stand_at_the_choices_of_their_columns() -> None:
    assert MappingForm(job=job()).placed({"target": ["x"], "add_tags": ["y"]}) == {
        "map_target": ["x"],
        "add_tags": ["y"],
    }


def test_only_domains_and_teams_of_ones_own_are_offered(
    actor_of: ActorOf, bob: Any, team: Any, other_team: Any, now: Any
) -> None:
    DomainFactory(name="ours.example.com", team=team)
    DomainFactory(name="theirs.example.com", team=other_team)
    DomainFactory(name="old.example.com", team=team, archived_at=now)
    form = ImportForm(actor=actor_of(bob))
    text = str(form)
    assert "ours.example.com" in text
    assert "theirs" not in text
    assert "old.example" not in text


def test_without_any_domain_the_default_one_is_made_later(actor_of: ActorOf, bob: Any, team: Any) -> None:
    assert ImportForm(actor=actor_of(bob)).fields["domain"].required is False
