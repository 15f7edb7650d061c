"""The forms that make and change a link."""

from typing import Any

from django import forms
from django.http import QueryDict

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from shortener.forms import parts
from shortener.forms.rules import RulesEditor
from shortener.forms.utm import UtmFields
from shortener.models import Domain, Link
from shortener.selectors import finding
from shortener.services import fields

STATUSES = [
    (302, "302 Found: every visit is counted"),
    (301, "301 Moved permanently: browsers remember it"),
    (307, "307 Temporary: keeps the method"),
    (308, "308 Permanent: keeps the method, browsers remember it"),
]
SECTIONS = {
    "utm": ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"),
    "time": ("not_before", "expires_at", "max_visits", "closes_without_counter", "expired_target"),
    "redirect": ("redirect_status", "max_age", "forward_query", "forward_path", "preview", "is_indexed"),
    "password": ("password", "remove_password"),
    "notes": ("notes", "external_id"),
}


class LinkEditForm(UtmFields):
    """What may be changed of a link.

    A button that rearranges the form (rules, UTM template) comes back as `form_action`; then `rearranged` is set, the
    form shows what was given in its new order without judging it, and nothing may be saved.
    """

    target = parts.address("Target", help_text="Where it leads.", required=True, autofocus=True)
    title = forms.CharField(required=False, help_text="What you call it; visitors see it on the preview page.")
    tags = parts.WordsField(required=False, help_text="With commas between them.")
    not_before = parts.instant("Works from", "Before that visitors get a page that says so (404).")
    expires_at = parts.instant("Works until", "To the second; after that it answers 410.")
    max_visits = forms.IntegerField(
        label="Works for so many people",
        required=False,
        widget=forms.NumberInput({"min": "1"}),
        help_text="Counted exactly, without bots and previews; then it answers 410. Empty: any number.",
    )
    closes_without_counter = forms.BooleanField(
        label="Refuse visitors while the counter of people cannot be asked",
        required=False,
        help_text="Without this, the link stays open meanwhile, and a few more people may pass.",
    )
    expired_target = parts.address("After that, go to", help_text="Instead of the 410 page.")
    redirect_status = forms.TypedChoiceField(label="Redirect", choices=STATUSES, coerce=int, initial=302)
    max_age = forms.IntegerField(
        label="Remembered for (seconds)",
        required=False,
        widget=forms.NumberInput({"min": "0"}),
        help_text="How long browsers may keep a 301, 307 or 308, uncounted. Empty: an hour.",
    )
    forward_query = forms.BooleanField(
        label="Pass the visitor's query on", required=False, help_text="What the target has itself is never replaced."
    )
    forward_path = forms.BooleanField(
        label="Pass on what follows the slug", required=False, help_text="slug/a/b leads to a/b below the target."
    )
    preview = forms.BooleanField(
        label="Show the preview page first", required=False, help_text="Anybody sees it with a + behind the address."
    )
    is_indexed = forms.BooleanField(
        label="Search engines may list the link", required=False, help_text="Without this they are asked not to."
    )
    password = forms.CharField(
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}, render_value=True),
        help_text="Visitors must type it. Nobody can read it here again.",
    )
    remove_password = forms.BooleanField(label="Take the password away", required=False)
    rules = forms.Field(required=False, widget=forms.Textarea)
    external_id = forms.CharField(label="External id", required=False, help_text="Your own name for it, one per team.")
    notes = forms.CharField(required=False, widget=forms.Textarea({"rows": 3}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, **kwargs: Any) -> None:
        super().__init__(data, actor=actor, **kwargs)
        action = data.get("form_action", "") if data else ""
        self.editor = RulesEditor(data, stored=self.initial.get("rules") or [], action=action)
        self.rearranged = bool(action)
        if self.rearranged:
            self.fill_in(action)
            self._errors = forms.utils.ErrorDict()

    def full_clean(self) -> None:
        """Judges the rules with the other fields, so that all errors come at once."""
        super().full_clean()
        if self.is_bound and not self.editor.is_valid():
            self.add_error("rules", "Look at the marked rules.")

    def add_error(self, field: str | None, error: Any) -> None:
        """Errors of rules go to their rows."""
        super().add_error(field, error)
        if field == "rules" and isinstance(error, list):
            self.editor.add_errors(error)

    @property
    def sections(self) -> dict[str, bool]:
        """Which parts of the form stand open: those with an error or with anything but what a new link has."""
        opened = {name: any(self._is_worth_seeing(field) for field in names) for name, names in SECTIONS.items()}
        return opened | {"rules": bool(self.editor.rows)}

    def _is_worth_seeing(self, name: str) -> bool:
        value = self[name].value()
        return bool(self[name].errors) or (value or None) not in {None, 302, "302"}

    def values(self) -> dict[str, Any]:
        """What the person gave or changed, under the services' names."""
        given = {name: self.cleaned_data[name] for name in self.changed_data if name in fields.EDITABLE}
        given.pop("rules", None)
        if "closes_without_counter" in self.changed_data:
            given["is_open_without_counter"] = not self.cleaned_data["closes_without_counter"]
        if self.cleaned_data["remove_password"] and not self.cleaned_data["password"]:
            given["password"] = ""
        if (target := self.composed(self.cleaned_data["target"])) != self.initial.get("target"):
            given["target"] = target
        if self.editor.has_changed():
            given["rules"] = self.editor.value()
        return given


class LinkForm(LinkEditForm):
    """A new link."""

    slug = forms.CharField(
        required=False,
        widget=forms.TextInput({"spellcheck": "false", "autocapitalize": "none"}),
        help_text="The end of the short address. Leave it empty for a short random one.",
    )
    team = forms.ModelChoiceField(queryset=Team.objects.none(), to_field_name="slug", empty_label=None)
    domain = forms.ModelChoiceField(
        queryset=Domain.objects.none(), to_field_name="name", required=False, empty_label="The team's default"
    )

    field_order = ("target", "slug", "domain", "title", "tags", "team")

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, **kwargs: Any) -> None:
        super().__init__(data, actor=actor, **kwargs)
        parts.offer(self.fields["team"], people.teams_where(actor, Role.RESPONDER))
        parts.offer(self.fields["domain"], finding.domains(actor))

    def values(self) -> dict[str, Any]:
        """As above, and what was handed over in the page's address and left as it was."""
        kept = {name: self.cleaned_data[name] for name in ("title",) if self.cleaned_data[name]}
        return kept | {"target": self.composed(self.cleaned_data["target"])} | super().values()


def initial_of(link: Link) -> dict[str, Any]:
    """What stands in the form before anybody changes it; never a password."""
    names = [name for name in (*fields.EDITABLE, "version") if name != "password"]
    stored = {name: getattr(link, name) for name in names}
    return stored | {"closes_without_counter": not link.is_open_without_counter}
