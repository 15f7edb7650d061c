"""What is to happen to many links at once. Each wish has a form of its own; one without questions has an empty one."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from shortener.forms.parts import WordsField, instant
from shortener.services.bulk import Wish

OPERATIONS = {
    "tags": "Add or remove tags",
    "end": "Set when they end",
    "edit": "Change how they redirect",
    "expire": "End them now",
    "disable": "Switch off",
    "enable": "Switch on",
    "delete": "Delete",
    "restore": "Restore",
}
SAME = ("", "Leave as it is")
YES_NO = [SAME, ("yes", "Yes"), ("no", "No")]


class WishForm(forms.Form):
    """A wish without questions."""

    operation = ""

    def wish(self) -> Wish:
        """What the person wishes."""
        return Wish(self.operation)

    def told(self) -> list[tuple[str, str]]:
        """The answers in words, to be confirmed: what is asked, and what was answered."""
        return [(str(self[name].label), self._words(name)) for name in self.fields if self._words(name)]

    def _words(self, name: str) -> str:
        value = self.cleaned_data.get(name)
        if isinstance(value, datetime):
            return f"{timezone.localtime(value):%d %b %Y, %H:%M:%S} ({timezone.get_current_timezone_name()})"
        return ", ".join(value) if isinstance(value, list) else str(value or "")


class TagsForm(WishForm):
    operation = "tags"
    add = WordsField(label="Add tags", required=False, help_text="With commas between them.")
    remove = WordsField(label="Remove tags", required=False, help_text="Links that do not have them stay as they are.")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("add") and not given.get("remove") and not self.errors:
            self.add_error("add", "Give at least one tag to add or to remove.")
        return given

    def wish(self) -> Wish:
        return Wish("tags", add_tags=_lower(self.cleaned_data["add"]), remove_tags=_lower(self.cleaned_data["remove"]))


class EndForm(WishForm):
    expires_at = instant("Works until", "To the second. Leave it empty and the links have no end.")

    def wish(self) -> Wish:
        return Wish("edit", values={"expires_at": self.cleaned_data["expires_at"]})

    def told(self) -> list[tuple[str, str]]:
        return super().told() or [("Works until", "no end")]


class EditForm(WishForm):
    preview = forms.ChoiceField(label="Show the preview page first", choices=YES_NO, required=False)
    is_indexed = forms.ChoiceField(label="Search engines may list them", choices=YES_NO, required=False)
    forward_query = forms.ChoiceField(label="Pass the visitor's query on", choices=YES_NO, required=False)
    redirect_status = forms.ChoiceField(
        label="Redirect", choices=[SAME, *((str(code), str(code)) for code in (302, 301, 307, 308))], required=False
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not any(given.values()) and not self.errors:
            self.add_error(None, "Change at least one of these.")
        return given

    def wish(self) -> Wish:
        given = {name: value for name, value in self.cleaned_data.items() if value}
        values = {name: int(value) if value.isdigit() else value == "yes" for name, value in given.items()}
        return Wish("edit", values=values)


FORMS: dict[str, type[WishForm]] = {"tags": TagsForm, "end": EndForm, "edit": EditForm}


def form_of(operation: str, data: Any = None) -> WishForm:
    """The form of an operation, bound to `data` when there is some."""
    form = FORMS.get(operation, WishForm)(data)
    if operation not in FORMS:
        form.operation = operation
    return form


def _lower(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip().lower() for word in words))
