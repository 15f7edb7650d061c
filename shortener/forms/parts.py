"""Fields that several forms have."""

from typing import Any

from django import forms
from django.db.models import QuerySet


class WordsField(forms.CharField):
    """Words with commas between them, as a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [word.strip() for word in (super().to_python(value) or "").split(",") if word.strip()]


def instant(label: str, help_text: str = "") -> forms.DateTimeField:
    """A point in time, in the reader's zone."""
    widget = forms.DateTimeInput({"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")
    return forms.DateTimeField(label=label, help_text=help_text, required=False, widget=widget)


def address(label: str, *, help_text: str = "", required: bool = False, **attrs: Any) -> forms.CharField:
    """A web address, as text: the services' own parse decides what is one."""
    widget = forms.TextInput({"inputmode": "url", "spellcheck": "false", "placeholder": "https://", **attrs})
    return forms.CharField(label=label, help_text=help_text, required=required, widget=widget)


def offer(field: forms.Field, choices: QuerySet[Any]) -> None:
    """Offers the choices; where there is only one and it is needed, nobody has to see it."""
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = choices
        only = list(choices[:2])
        if len(only) == 1:
            field.widget = forms.HiddenInput()
            field.initial = field.prepare_value(only[0])
