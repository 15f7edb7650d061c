"""What an import of schedules asks for."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from oncall.domain.imports.found import Person
from oncall.domain.imports.people import Match, Member
from oncall.forms.imports import PeopleForm, ScheduleImportForm
from portal.accounts.selectors import people

ActorOf = Callable[[Any], Any]


def form_of(actor: Any, team: Any, *files: SimpleUploadedFile, text: str = "") -> ScheduleImportForm:
    data = {"system": "pagerduty", "team": team.pk, "text": text}
    return ScheduleImportForm(data, MultiValueDict({"uploads": [*files]}), actor=actor)


def test_text_and_several_files_are_all_read(actor_of: ActorOf, alice: Any, team: Any) -> None:
    files = [SimpleUploadedFile(f"{name}.json", name.encode()) for name in ("[1]", "[2]")]
    form = form_of(actor_of(alice), team, *files, text="[0]")
    assert (form.is_valid(), form.texts()) == (True, ["[0]", "[1]", "[2]"])


def test_nothing_at_all_and_what_is_no_text_are_refused(actor_of: ActorOf, alice: Any, team: Any) -> None:
    assert "text" in form_of(actor_of(alice), team).errors
    assert "uploads" in form_of(actor_of(alice), team, SimpleUploadedFile("x", b"\xff\xfe\0")).errors


def test_only_managers_have_a_team_to_choose(actor_of: ActorOf, bob: Any, team: Any) -> None:
    assert "team" in form_of(actor_of(bob), team, text="[]").errors


def test_everybody_can_be_chosen_or_be_nobody(alice: Any, bob: Any, team: Any) -> None:
    found = Member(str(alice.pk), "Alice", "alice@example.com")
    matches = [Match(Person("a"), found), Match(Person("b"), None)]
    form = PeopleForm({"person-1": bob.pk}, matches=matches, members=people.team_members(team.pk))
    assert (form.is_valid(), form.chosen()) == (True, {"a": "", "b": str(bob.pk)})
