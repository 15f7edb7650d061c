"""How a person is reached."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from oncall.clients import channels

HTTP = URLValidator(schemes=["http", "https"])


class ContactForm(forms.Form):
    """A way to be reached."""

    kind = forms.ChoiceField(choices=[(one.kind, one.label) for one in channels.CHANNELS.values()])
    address = forms.CharField(max_length=500, help_text="A mail address, or the https address of a webhook.")
    delay_minutes = forms.IntegerField(
        label="Use it after minutes",
        min_value=0,
        max_value=60,
        initial=0,
        help_text="0 pages here at once; more makes it a second attempt.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        field = forms.EmailField() if cleaned.get("kind") == "mail" else forms.CharField(validators=[HTTP])
        try:
            field.clean(cleaned.get("address", ""))
        except forms.ValidationError as error:
            self.add_error("address", error)
        return cleaned


class CodeForm(forms.Form):
    """The code that proves a contact."""

    code = forms.CharField(
        max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"})
    )
