"""The forms of domains."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from shortener.forms import parts
from shortener.models import Domain
from shortener.services import domain_fields

PAGES = {
    "root": "Somebody opens the domain without a slug",
    "unknown": "There is no such link",
    "expired": "The link has ended",
}
SWITCHES = {
    "records_network": ("Where visitors come from", "Country and a shortened network address."),
    "records_device": ("Which device they use", "Kind of device, system, browser, language."),
    "records_referrer": ("Which page sent them", "The host of the page before, never its path."),
    "records_visitor": ("How many different people a day", "By a mark that is thrown away after the day."),
    "respects_opt_out": (
        "Respect “do not track” and Global Privacy Control",
        "Of such visitors only the count is kept.",
    ),
}


def switch(name: str) -> forms.BooleanField:
    label, help_text = SWITCHES[name]
    return forms.BooleanField(label=label, help_text=help_text, required=False, initial=True)


class DomainEditForm(forms.Form):
    """What may be changed of a domain. Errors of a page stand at its first field."""

    name = forms.CharField(
        label="Host name",
        widget=forms.TextInput({"placeholder": "go.example.com", "spellcheck": "false", "autocapitalize": "none"}),
        help_text="It must lead to the servers that answer short links.",
    )
    case_sensitive = forms.BooleanField(
        label="Small and capital letters differ",
        required=False,
        initial=True,
        help_text="Without this, /Sale and /sale are one link: easier to type, with fewer random slugs.",
    )
    is_team_default = forms.BooleanField(label="The team's new links go here when nobody chooses", required=False)
    records_network = switch("records_network")
    records_device = switch("records_device")
    records_referrer = switch("records_referrer")
    records_visitor = switch("records_visitor")
    respects_opt_out = switch("respects_opt_out")
    logo = forms.FileField(
        required=False,
        widget=forms.FileInput({"accept": "image/png,image/jpeg"}),
        help_text="For the middle of QR codes. PNG or JPEG, at most 100 KB; a square looks best.",
    )
    remove_logo = forms.BooleanField(label="Take the logo away", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for page in PAGES:
            self.fields[f"{page}_target"] = parts.address("Go to")
            self.fields[f"{page}_title"] = forms.CharField(label="Or say, as a title", required=False)
            self.fields[f"{page}_text"] = forms.CharField(
                label="and as a text", required=False, widget=forms.Textarea({"rows": 2})
            )

    def values(self) -> dict[str, Any]:
        """What the person gave, under the services' names."""
        given = {name: self.cleaned_data[name] for name in ("name", *domain_fields.FLAGS) if name in self.cleaned_data}
        given |= {f"{page}_page": self._page(page) for page in PAGES}
        upload = self.cleaned_data.get("logo")
        if isinstance(upload, UploadedFile):
            given["logo"] = upload.read(domain_fields.LOGO_BYTES + 1)
        elif self.cleaned_data.get("remove_logo"):
            given["logo"] = b""
        return given

    def add_error(self, field: str | None, error: Any) -> None:
        """Errors of a page go to the field that they speak of."""
        page = str(field).removesuffix("_page")
        super().add_error(f"{page}_target" if page in PAGES and page != field else field, error)

    @property
    def pages(self) -> list[dict[str, Any]]:
        """The three pages with their fields, for the template."""
        return [
            {"title": title, "fields": [self[f"{page}_{part}"] for part in ("target", "title", "text")]}
            for page, title in PAGES.items()
        ]

    @property
    def has_pages(self) -> bool:
        """Whether any page is other than the portal's own."""
        return any(field.value() for page in self.pages for field in page["fields"])

    @property
    def switches(self) -> list[forms.BoundField]:
        return [self[name] for name in SWITCHES]

    def _page(self, page: str) -> dict[str, str]:
        return {part: self.cleaned_data[f"{page}_{part}"] for part in ("target", "title", "text")}


class DomainForm(DomainEditForm):
    """A new domain. Only administrators may leave it open to all teams."""

    team = forms.ModelChoiceField(
        queryset=Team.objects.none(), to_field_name="slug", required=False, empty_label="All teams"
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["team"]
        if isinstance(field, forms.ModelChoiceField):
            field.required = not actor.is_administrator
            field.empty_label = "All teams" if actor.is_administrator else None
            field.queryset = people.teams_where(actor, Role.MANAGER)


def domain_initial(domain: Domain) -> dict[str, Any]:
    """What stands in the form before anybody changes it."""
    stored = {name: getattr(domain, name) for name in ("name", "version", *domain_fields.FLAGS)}
    pages = {"root": {"target": domain.root_target}} | domain.pages
    texts = {f"{page}_{part}": text for page, words in pages.items() for part, text in words.items()}
    return stored | texts
