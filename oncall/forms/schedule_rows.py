"""The rows of the schedule editor: layers with the people who take turns and the hours in which they count."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from oncall.domain.restrictions import WEEKDAYS
from oncall.domain.rotation import KINDS
from oncall.forms.policies import offer
from portal.lib.times import rfc3339, zone_names

Choices = Sequence[tuple[str, str]]
NOBODY = "nobody"
ROLES = [("primary", "Primary"), ("secondary", "Secondary"), ("shadow", "Shadow: watches, covers nothing")]
KIND_WORDS = {
    "hourly": "Hours",
    "daily": "Days",
    "weekly": "Weeks",
    "monthly": "Months",
    "custom": "On the weekdays below",
}
DAYS = [(name, name.capitalize()) for name in WEEKDAYS]
LOCAL = r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?"
HANDOFF = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s+(\d\d?:\d\d)")
HALF_TIME = "%Y-%m-%dT%H:%M"


class SlotForm(forms.Form):
    """One person in the order of a layer."""

    who = forms.ChoiceField(label="Person", required=False)
    together = forms.BooleanField(label="together with the one above", required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "who", [("", "Choose a person"), *choices, (NOBODY, "A turn of nobody")])


class WindowForm(forms.Form):
    """Hours of a week."""

    weekdays = forms.MultipleChoiceField(
        label="Beginning on", choices=DAYS, widget=forms.CheckboxSelectMultiple, required=False
    )
    starts = forms.TimeField(label="From", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    ends = forms.TimeField(label="Until", widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))
    is_there = forms.CharField(widget=forms.HiddenInput, initial="1")

    def hours(self) -> dict[str, Any]:
        """The window as a definition has it; without a day it is every day."""
        told = self.cleaned_data
        found: dict[str, Any] = {"weekdays": told["weekdays"]} if told["weekdays"] else {}
        return found | {"from": f"{told['starts']:%H:%M}", "to": f"{told['ends']:%H:%M}"}


class GapForm(WindowForm):
    """Hours in which nobody need be on call."""

    role = forms.ChoiceField(choices=[("", "Every role"), *ROLES], required=False)

    def hours(self) -> dict[str, Any]:
        role = self.cleaned_data["role"]
        return super().hours() | ({"role": role} if role else {})


class LayerForm(forms.Form):
    """One line of a schedule: who takes turns in which rhythm."""

    name = forms.CharField(max_length=80)
    role = forms.ChoiceField(choices=ROLES)
    level = forms.IntegerField(
        min_value=-1000, max_value=1000, initial=0, help_text="The highest with somebody in it counts."
    )
    offset = forms.IntegerField(
        label="Turns ahead", min_value=-1000, max_value=1000, initial=0, help_text="1: whoever is primary next."
    )
    interval = forms.IntegerField(label="Turns of", min_value=1, max_value=10_000, initial=1)
    kind = forms.ChoiceField(label="Length", choices=[(kind, KIND_WORDS[kind]) for kind in KINDS])
    handoffs = forms.CharField(
        label="Handoffs",
        required=False,
        max_length=400,
        help_text="Only for turns on weekdays: mon 09:00, fri 09:00.",
    )
    starts_at = forms.RegexField(
        LOCAL,
        label="The first turn begins",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text="On the wall there. The first person below has the turn that begins then.",
        error_messages={"invalid": "Give a local time such as 2026-03-23T09:00."},
    )
    zone = forms.ChoiceField(label="Time zone", required=False)
    effective_from = forms.DateTimeField(
        label="Counts from",
        required=False,
        widget=forms.DateTimeInput(format=HALF_TIME, attrs={"type": "datetime-local"}),
    )
    effective_until = forms.DateTimeField(
        label="Counts until",
        required=False,
        widget=forms.DateTimeInput(format=HALF_TIME, attrs={"type": "datetime-local"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "zone", [("", "That of the schedule"), *((name, name) for name in zone_names())])
        role = self.get_initial_for_field(self.fields["role"], "role")
        if role and role not in dict(ROLES):
            offer(self, "role", [*ROLES, (role, role)])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("kind") == "custom" and not handoffs_of(told.get("handoffs", "")):
            self.add_error("handoffs", "Give the weekdays and times, such as mon 09:00, fri 09:00.")
        return told

    def layer(self, participants: list[list[str]], windows: list[dict[str, Any]], zone: str) -> dict[str, Any]:
        """The layer of a valid form as a definition has it."""
        told = self.cleaned_data
        found = {"name": told["name"], "role": told["role"], "offset": told["offset"], "rotation": self._rotation(zone)}
        found["participants"] = participants
        if told["level"]:
            found["level"] = told["level"]
        if windows:
            found["restrictions"] = windows
        dates = {name: told[name] for name in ("effective_from", "effective_until") if told[name]}
        return found | {name: rfc3339(at) for name, at in dates.items()}

    def _rotation(self, zone: str) -> dict[str, Any]:
        told = self.cleaned_data
        starts_at = told["starts_at"] + ":00" * (told["starts_at"].count(":") == 1)
        rotation = {"kind": told["kind"], "interval": told["interval"], "starts_at": starts_at}
        rotation["time_zone"] = told["zone"] or zone
        return rotation | ({"handoffs": handoffs_of(told["handoffs"])} if told["kind"] == "custom" else {})


def handoffs_of(text: str) -> list[dict[str, str]]:
    """The weekdays and times in a text; empty where a part of it cannot be read."""
    parts = [part.strip().lower() for part in re.split("[,;\n]", text) if part.strip()]
    found = [HANDOFF.fullmatch(part) for part in parts]
    return [{"weekday": one[1], "at": one[2].zfill(5)} for one in found if one] if all(found) else []


def layer_row(layer: Mapping[str, Any], zone: str) -> dict[str, Any]:
    """A layer of a definition as the values of its forms."""
    rotation = layer.get("rotation") or {}
    own = rotation.get("time_zone") or zone
    handoffs = ", ".join(f"{one['weekday']} {one['at']}" for one in rotation.get("handoffs") or [])
    row = {name: layer.get(name) or "" for name in ("name", "role", "effective_from", "effective_until")}
    row |= {"level": layer.get("level") or 0, "offset": layer.get("offset") or 0, "handoffs": handoffs}
    row |= {"kind": rotation.get("kind", "weekly"), "interval": rotation.get("interval") or 1}
    row |= {"starts_at": str(rotation.get("starts_at", ""))[:16], "zone": "" if own == zone else own}
    row["slots"] = slot_rows(layer.get("participants") or [])
    row["windows"] = [window_row(one) for one in layer.get("restrictions") or []]
    return row


def slot_rows(participants: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Groups as the rows of people."""
    rows: list[dict[str, Any]] = []
    for group in participants:
        rows += [{"who": person, "together": place > 0} for place, person in enumerate(group)]
        rows += [] if group else [{"who": NOBODY, "together": False}]
    return rows


def groups(slots: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """Rows of people as groups; a row in which nobody is chosen is left out."""
    found: list[list[str]] = []
    for slot in slots:
        who = slot["who"]
        if who and who != NOBODY and slot["together"] and found and found[-1]:
            found[-1] = [*dict.fromkeys([*found[-1], who])]
        elif who:
            found.append([] if who == NOBODY else [who])
    return found


def window_row(hours: Mapping[str, Any]) -> dict[str, Any]:
    """Hours of a definition as the values of their form."""
    shown = {"starts": hours.get("from", ""), "ends": hours.get("to", ""), "role": hours.get("role", "")}
    return {"weekdays": [str(day)[:3].lower() for day in hours.get("weekdays") or []], **shown, "is_there": "1"}
