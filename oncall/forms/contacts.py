"""How a person is reached."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from oncall.clients import channels
from oncall.models import ContactMethod, NotificationRule, QuietHours
from oncall.services.notification_rules import CLASSES, Line, Quiet
from portal.lib.times import zone_names

KINDS = [(one.kind, one.label) for one in channels.ALL if one.for_people]
SPARE = 2
DAYS = [(str(number), name) for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))]


class ContactForm(forms.Form):
    """A way to be reached."""

    kind = forms.ChoiceField(choices=KINDS)
    address = forms.CharField(max_length=500)
    label = forms.CharField(
        label="What you call it", max_length=80, required=False, help_text="Such as “Work phone”; may stay empty."
    )
    delay_minutes = forms.IntegerField(
        label="Use it after minutes",
        min_value=0,
        max_value=60,
        initial=0,
        help_text="0 pages here at once; more makes it a second attempt.",
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind in channels.CHANNELS:
            self.fields["kind"].initial = kind
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["address"].help_text = channels.CHANNELS[kind].hint

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        channel = channels.CHANNELS.get(cleaned.get("kind", ""))
        wrong = channel.check_address(cleaned["address"].strip()) if channel and cleaned.get("address") else ""
        if wrong:
            self.add_error("address", wrong)
        return cleaned


class ContactEditForm(ContactForm):
    """What may change of a contact; its kind stays."""

    def __init__(self, *args: Any, contact: ContactMethod, **kwargs: Any) -> None:
        names = ("kind", "address", "label", "delay_minutes")
        initial = {name: getattr(contact, name) for name in names}
        super().__init__(*args, kind=contact.kind, initial=initial, **kwargs)
        self.fields["kind"].disabled = True


class CodeForm(forms.Form):
    """The code that proves a contact."""

    code = forms.CharField(
        max_length=12, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"})
    )


class RulesForm(forms.Form):
    """The lines of each class, with two spare ones, and the quiet hours."""

    is_quiet = forms.BooleanField(required=False, label="Hold back what is not critical during quiet hours")
    starts = forms.TimeField(
        required=False, initial="22:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        required=False, initial="07:00", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    weekdays = forms.MultipleChoiceField(
        required=False, choices=DAYS, widget=forms.CheckboxSelectMultiple, label="On nights that begin on"
    )
    zone = forms.ChoiceField(choices=[])

    def __init__(
        self,
        *args: Any,
        contacts: Sequence[ContactMethod],
        rules: Mapping[str, Sequence[NotificationRule]],
        quiet: QuietHours | None,
        own_zone: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.counts = {one: len(rules.get(one, ())) + SPARE for one in CLASSES}
        choices = [
            ("", "not used"),
            *((str(one.pk), f"{one.label or channels.label_of(one.kind)}: {one.address}") for one in contacts),
        ]
        for one in CLASSES:
            for number in range(self.counts[one]):
                self._add_line(one, number, choices, rules.get(one, ()))
        self.fields["zone"] = forms.ChoiceField(choices=[(name, name) for name in zone_names()], initial=own_zone)
        if quiet is not None:
            told = {"is_quiet": True, "starts": quiet.starts, "ends": quiet.ends, "zone": quiet.zone}
            self.initial.update(told, weekdays=[str(day) for day in quiet.weekdays])

    def _add_line(
        self, one: str, number: int, choices: list[tuple[str, str]], rules: Sequence[NotificationRule]
    ) -> None:
        rule = rules[number] if number < len(rules) else None
        what = f"{one}, way {number + 1}"
        self.fields[f"{one}-{number}-contact"] = forms.ChoiceField(
            choices=choices, required=False, initial=str(rule.contact_id) if rule else "", label=f"Contact for {what}"
        )
        self.fields[f"{one}-{number}-delay"] = forms.IntegerField(
            required=False,
            min_value=0,
            max_value=60,
            initial=rule.delay_minutes if rule else 0,
            label=f"Minutes after the step for {what}",
        )

    def rows(self) -> list[tuple[str, list[tuple[Any, Any]]]]:
        """Each class with its bound fields, for the page."""
        return [
            (one, [(self[f"{one}-{number}-contact"], self[f"{one}-{number}-delay"]) for number in range(count)])
            for one, count in self.counts.items()
        ]

    def lines(self, one: str) -> list[Line]:
        """The lines of a class that name a contact."""
        found = [
            (self.cleaned_data.get(f"{one}-{number}-contact"), self.cleaned_data.get(f"{one}-{number}-delay"))
            for number in range(self.counts[one])
        ]
        return [Line(int(contact), delay or 0) for contact, delay in found if contact]

    def quiet(self) -> Quiet | None:
        """The quiet hours, or None where they are off."""
        told = self.cleaned_data
        if not told["is_quiet"]:
            return None
        return Quiet(told["zone"], told["starts"], told["ends"], tuple(int(day) for day in told["weekdays"]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_quiet"):
            for name in ("starts", "ends"):
                if name not in self.errors and cleaned.get(name) is None:
                    self.add_error(name, "Say when.")
        return cleaned
