"""The UTM builder: five fields, and templates to fill them in from."""

from typing import Any

from django import forms
from django.http import QueryDict

from portal.accounts.domain.actors import Actor
from shortener.domain import utm
from shortener.models import UtmTemplate
from shortener.selectors import utm_templates

HELP = {
    "source": "Who sends them: newsletter, google.",
    "medium": "By what: email, social, print.",
    "campaign": "For what: spring-sale.",
    "term": "Paid search: the words.",
    "content": "Which of several links: footer.",
}


def parameter(name: str) -> forms.CharField:
    return forms.CharField(label=name.capitalize(), required=False, max_length=utm.LONGEST, help_text=HELP[name])


class UtmFields(forms.Form):
    """The fields of the builder. They start empty: what stays empty leaves the target's own parameters as they are."""

    utm_source = parameter("source")
    utm_medium = parameter("medium")
    utm_campaign = parameter("campaign")
    utm_term = parameter("term")
    utm_content = parameter("content")
    utm_template = forms.ModelChoiceField(
        label="Template",
        queryset=UtmTemplate.objects.none(),
        to_field_name="public_id",
        required=False,
        empty_label="Choose one",
    )

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.templates = utm_templates.templates(actor)
        field = self.fields["utm_template"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = self.templates

    @property
    def utm_preview(self) -> str:
        """The address as it becomes with the parameters that are filled in; empty when there are none."""
        target = str(self["target"].value() or "").strip()
        composed = self.composed(target)
        return composed if composed != target else ""

    def composed(self, target: str) -> str:
        """`target` with the parameters of the builder."""
        return utm.compose(target, {name: str(self[f"utm_{name}"].value() or "") for name in utm.NAMES})

    def fill_in(self, action: str) -> None:
        """Copies the chosen template into the fields when its button was pressed."""
        if action != "utm_template" or not isinstance(self.data, QueryDict):
            return
        chosen = self.templates.filter(public_id=_printable(self.data.get("utm_template"))).first()
        if chosen is None:
            return
        self.data = self.data.copy()
        for name in utm.NAMES:
            if value := getattr(chosen, name):
                self.data[f"utm_{name}"] = value


def _printable(text: str | None) -> str:
    return text if text and text.isprintable() else ""
