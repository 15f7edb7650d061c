"""The forms of links. What a field may hold is decided by the services, whose errors are put on the form."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from shortener.models import Domain, Link
from shortener.selectors import finding
from shortener.services import fields

STATES = [
    ("", "Any state"),
    ("active", "Active"),
    ("scheduled", "Scheduled"),
    ("expired", "Expired"),
    ("disabled", "Disabled"),
    ("banned", "Banned"),
]
STATUSES = [
    (302, "302 Found: every visit is counted"),
    (301, "301 Moved permanently: browsers remember it"),
    (307, "307 Temporary: keeps the method"),
    (308, "308 Permanent: keeps the method, browsers remember it"),
]


class TagsField(forms.CharField):
    """Tags with commas between them, as a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [tag for tag in (super().to_python(value) or "").split(",") if tag.strip()]


def instant(label: str, help_text: str) -> forms.DateTimeField:
    """A point in time, in the reader's zone."""
    widget = forms.DateTimeInput({"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S")
    return forms.DateTimeField(label=label, help_text=help_text, required=False, widget=widget)


class LinkEditForm(forms.Form):
    """What may be changed of a link."""

    target = forms.CharField(
        label="Target",
        widget=forms.URLInput({"placeholder": "https://", "autofocus": True}),
        help_text="Where it leads.",
    )
    title = forms.CharField(required=False, help_text="What you call it; visitors see it on the preview page.")
    tags = TagsField(required=False, help_text="With commas between them.")
    not_before = instant("Works from", "Before that it answers 404, as if it did not exist.")
    expires_at = instant("Works until", "To the second; after that it answers 410.")
    expired_target = forms.CharField(
        label="After that, go to", required=False, widget=forms.URLInput(), help_text="Instead of the 410 page."
    )
    redirect_status = forms.TypedChoiceField(label="Redirect", choices=STATUSES, coerce=int, initial=302)
    max_age = forms.IntegerField(
        label="Remembered for (seconds)", required=False, help_text="How long browsers may keep a 301, 307 or 308."
    )
    forward_query = forms.BooleanField(
        label="Pass the visitor's query on", required=False, help_text="What the target has itself is never replaced."
    )
    preview = forms.BooleanField(label="Show the preview page first", required=False)
    external_id = forms.CharField(label="External id", required=False, help_text="Your own name for it, one per team.")
    notes = forms.CharField(required=False, widget=forms.Textarea({"rows": 3}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def values(self) -> dict[str, Any]:
        """What the person gave or changed, under the services' names."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name in fields.EDITABLE}


class LinkForm(LinkEditForm):
    """A new link."""

    slug = forms.CharField(required=False, help_text="Leave it empty for a short random one.")
    team = forms.ModelChoiceField(queryset=Team.objects.none(), to_field_name="slug", empty_label=None)
    domain = forms.ModelChoiceField(queryset=Domain.objects.none(), to_field_name="name", required=False)

    field_order = ("target", "slug", "domain", "title", "tags", "team")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        domains = finding.domains(actor)
        _offer(self.fields["team"], people.teams_where(actor, Role.RESPONDER))
        _offer(self.fields["domain"], domains)
        self.fields["domain"].initial = next((domain.name for domain in domains if domain.is_default), None)

    def values(self) -> dict[str, Any]:
        return super().values() | {"target": self.cleaned_data["target"]}


class LinkFilterForm(forms.Form):
    """How the list of links is narrowed."""

    q = forms.CharField(
        label="Search", required=False, widget=forms.SearchInput({"placeholder": "Slug, target, title"})
    )
    state = forms.ChoiceField(choices=STATES, required=False)
    tag = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = str(self.data.get("tag", "")).strip().lower()
        tags = sorted({*finding.used_tags(actor), asked} - {""})
        self.fields["tag"] = forms.ChoiceField(required=False, choices=[("", "Any tag"), *((tag, tag) for tag in tags)])

    def wanted(self) -> finding.LinkFilter:
        """The filter; a choice that does not exist is left out."""
        self.full_clean()
        given = self.cleaned_data if self.is_bound else {}
        return finding.LinkFilter(text=given.get("q", ""), state=given.get("state", ""), tag=given.get("tag", ""))


def _offer(field: forms.Field, choices: QuerySet[Any]) -> None:
    """Offers the choices; where there is only one, nobody has to see it."""
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = choices
        only = list(choices[:2])
        if len(only) == 1:
            field.widget = forms.HiddenInput()
            field.initial = field.prepare_value(only[0])


def initial_of(link: Link) -> dict[str, Any]:
    """What stands in the form before anybody changes it."""
    return {name: getattr(link, name) for name in (*fields.EDITABLE, "version")}
