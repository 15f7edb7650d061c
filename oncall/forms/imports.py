"""What an import of schedules asks for."""

from collections.abc import Sequence
from typing import Any

from django import forms

from oncall.domain.imports import systems
from oncall.domain.imports.people import Match
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from portal.lib.forms import narrow

MOST_BYTES = 2_000_000
PERSON = "person-"
UNREAD = "This file is not text in UTF-8."


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of files of text, each as its text."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[str]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        files = [super(FilesField, self).clean(one, initial) for one in given]
        if sum(one.size for one in files) > MOST_BYTES:
            raise forms.ValidationError("At most 2 MB at once. Import a few schedules at a time.")
        try:
            return [one.read().decode("utf-8-sig") for one in files]
        except UnicodeDecodeError as error:
            raise forms.ValidationError(UNREAD) from error


class ScheduleImportForm(forms.Form):
    """The answers of the other system's API, pasted one after the other or as files."""

    system = forms.ChoiceField(
        label="They come from", choices=[(one.key, one.label) for one in systems.SYSTEMS.values()]
    )
    team = forms.ModelChoiceField(Team.objects.none(), label="Into the team", empty_label=None)
    text = forms.CharField(
        label="JSON",
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "font-monospace"}),
        help_text="Paste the answers one after the other.",
    )
    uploads = FilesField(label="Or files", required=False, help_text="One or several, together at most 2 MB.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "team", people.teams_where(actor, Role.MANAGER))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("text") and not cleaned.get("uploads") and not self.errors:
            self.add_error("text", "Paste the JSON or choose a file.")
        return cleaned

    def texts(self) -> list[str]:
        """All that was given."""
        told = self.cleaned_data
        return [text for text in (told.get("text", ""), *(told.get("uploads") or [])) if text]


class PeopleForm(forms.Form):
    """Who everybody in the export is here; nobody is a choice too."""

    def __init__(self, *args: Any, matches: Sequence[Match], members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, one in enumerate(matches):
            label = " · ".join(text for text in (one.person.name or one.person.key, one.person.email) if text)
            self.fields[f"{PERSON}{number}"] = forms.ModelChoiceField(
                members,
                label=label,
                required=False,
                empty_label="Nobody here",
                initial=int(one.member.key) if one.member else None,
            )
        self.keys = [one.person.key for one in matches]

    def chosen(self) -> dict[str, str]:
        """Our people by their keys there."""
        found: dict[str, str] = {}
        for number, key in enumerate(self.keys):
            user: User | None = self.cleaned_data.get(f"{PERSON}{number}")
            found[key] = str(user.pk) if user else ""
        return found
