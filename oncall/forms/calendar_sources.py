"""A calendar elsewhere as a layer, and who its texts mean."""

from collections.abc import Sequence
from typing import Any

from django import forms

from oncall.models import CalendarSource
from oncall.models.schedules import ROLE_CHOICES

MOST_BYTES = 2_000_000
PERSON = "person-"


class CalendarSourceForm(forms.Form):
    """An address that is fetched again and again, or a file that counts as it is."""

    name = forms.CharField(max_length=80, initial="Calendar")
    url = forms.CharField(
        label="Address",
        required=False,
        max_length=2000,
        help_text="The iCal address of the calendar (https or webcal). It is kept sealed and shown to nobody.",
    )
    file = forms.FileField(label="Or a file", required=False, help_text="An .ics file that is read once; at most 2 MB.")
    role = forms.ChoiceField(choices=ROLE_CHOICES, initial="primary")
    level = forms.IntegerField(
        min_value=0, max_value=1000, initial=10, help_text="A higher level goes before a lower one, as with layers."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("url")) == bool(cleaned.get("file")) and not self.errors:
            self.add_error("url", "Give an address or a file, one of the two.")
        return cleaned

    def clean_file(self) -> Any:
        return _small(self.cleaned_data["file"])


class CalendarPeopleForm(forms.Form):
    """A choice for each text of the calendar that names nobody, and for those that were chosen before.

    A calendar of a file is read again only where the file is given again.
    """

    def __init__(self, *args: Any, source: CalendarSource, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts: Sequence[str] = list(dict.fromkeys([*source.people, *source.unknown]))
        for number, text in enumerate(self.texts):
            known = source.people.get(text)
            self.fields[f"{PERSON}{number}"] = forms.ModelChoiceField(
                members,
                label=text,
                required=False,
                empty_label="Nobody",
                initial=int(known) if known else None,
            )

        if not source.url:
            self.fields["file"] = forms.FileField(
                label="The file once more", required=False, help_text="It is not kept: choices count when it is read."
            )

    def people(self) -> dict[str, str]:
        """Who was chosen for which text."""
        told = [(text, self.cleaned_data.get(f"{PERSON}{number}")) for number, text in enumerate(self.texts)]
        return {text: str(user.pk) for text, user in told if user}

    def clean_file(self) -> Any:
        return _small(self.cleaned_data["file"])


def _small(file: Any) -> Any:
    if file and file.size > MOST_BYTES:
        raise forms.ValidationError("At most 2 MB.")
    return file
