"""A calendar as a layer, and whom it means."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from oncall.forms.calendar_sources import CalendarPeopleForm, CalendarSourceForm
from oncall.models import CalendarSource
from portal.accounts.selectors import people

FACTS = {"name": "Google", "role": "primary", "level": 10}


def test_an_address_or_a_file_and_not_both() -> None:
    file: MultiValueDict[str, Any] = MultiValueDict({"file": [SimpleUploadedFile("x.ics", b"x")]})
    url = {"url": "https://example.com/"}
    forms = [CalendarSourceForm(FACTS), CalendarSourceForm(FACTS | url, file), CalendarSourceForm(FACTS | url)]
    assert [form.is_valid() for form in forms] == [False, False, True]
    assert CalendarSourceForm(FACTS, file).is_valid()


def test_unknown_texts_and_chosen_ones_can_be_chosen(alice: Any, team: Any) -> None:
    source = CalendarSource(people={"boss": str(alice.pk)}, unknown=["Ghost"])
    members = people.team_members(team.pk)
    form = CalendarPeopleForm({"person-0": "", "person-1": alice.pk}, source=source, members=members)
    assert (form.is_valid(), form.people()) == (True, {"Ghost": str(alice.pk)})
