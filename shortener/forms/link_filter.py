"""How the list of links is narrowed and ordered."""

from collections.abc import Callable, Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from portal.accounts.domain.actors import Actor
from shortener.domain.filter_words import NAMES
from shortener.selectors import filter_choices
from shortener.selectors.filters import LinkFilter

Choices = Iterable[tuple[str, str]]
STATES = [
    ("", "Any state"),
    ("active", "Active"),
    ("scheduled", "Scheduled"),
    ("expired", "Expired"),
    ("disabled", "Disabled"),
    ("banned", "Banned"),
    ("used_up", "Used up"),
    ("protected", "With a password"),
    ("dead_target", "Target does not answer"),
]
SORTS = [
    ("", "Newest first"),
    ("oldest", "Oldest first"),
    ("title", "By title"),
    ("clicks", "Most clicks"),
    ("last_click", "Last click"),
]
OFFERED: dict[str, tuple[str, Callable[[Actor], list[tuple[str, str]]]]] = {
    "tag": ("Any tag", filter_choices.tags),
    "owner": ("Anybody", filter_choices.owners),
    "team": ("Any team", filter_choices.teams),
    "domain": ("Any domain", filter_choices.domains),
}


def day(label: str, help_text: str) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=help_text)


class LinkFilterForm(forms.Form):
    """The words of an address; those that make no sense are told and do not narrow."""

    q = forms.CharField(
        label="Search", required=False, widget=forms.SearchInput({"placeholder": "Slug, target, title, tag"})
    )
    state = forms.ChoiceField(choices=STATES, required=False)
    tag = forms.ChoiceField(required=False)
    sort = forms.ChoiceField(label="Order", choices=SORTS, required=False)
    owner = forms.ChoiceField(label="Made by", required=False)
    team = forms.ChoiceField(required=False)
    domain = forms.ChoiceField(required=False)
    created_from = day("Made from", "")
    created_until = day("Made before", "")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (nothing, choices) in OFFERED.items():
            label = self.fields[name].label
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=self._offered(name, nothing, choices(actor))
            )

    def _offered(self, name: str, nothing: str, choices: Choices) -> list[tuple[str, str]]:
        """The choices, and what the address asks for although it is not among them."""
        asked = str(self.data.get(name, "")).strip()[:200]
        known = {"": nothing, **dict(choices)}
        return [*known.items(), *([(asked, asked)] if asked not in known else [])]

    def words(self) -> dict[str, str]:
        """The words that narrow or order, as they stand in the address; a wrong one is left out."""
        self.full_clean()
        good = self.cleaned_data if self.is_bound else {}
        return {name: str(self.data[name]).strip() for name in NAMES if good.get(name)}

    def wanted(self) -> LinkFilter:
        """The filter."""
        self.full_clean()
        given = self.cleaned_data if self.is_bound else {}
        return LinkFilter(
            text=given.get("q", ""),
            **{name: given.get(name, "") for name in ("state", "tag", "owner", "team", "domain")},
            created_from=_midnight(given.get("created_from")),
            created_until=_midnight(given.get("created_until")),
        )

    @property
    def order(self) -> str:
        """The order that was asked for, empty for the usual one."""
        return str(self.cleaned_data.get("sort", "")) if self.is_bound else ""

    @property
    def is_deep(self) -> bool:
        """Whether one of the rarer words is used."""
        return any(self.data.get(name) for name in ("owner", "team", "domain", "created_from", "created_until"))


def _midnight(found: Any) -> datetime | None:
    """The beginning of a day in the reader's zone."""
    return datetime.combine(found, time(), timezone.get_current_timezone()) if found else None
