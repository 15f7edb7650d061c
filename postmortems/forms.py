"""The forms of postmortems and action items."""

from collections.abc import Mapping
from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from postmortems.domain import actions, sections, states
from postmortems.models import ImpactRow, Postmortem
from postmortems.models.documents import CONFIDENCES, PRECISIONS

SHOW = [("open", "Open"), ("overdue", "Overdue"), ("mine", "Mine"), *actions.CHOICES, ("all", "All")]


def date_field(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class FilterForm(forms.Form):
    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"placeholder": "Words"}))
    state = forms.ChoiceField(required=False, choices=[("", "Any"), *states.CHOICES])
    team = forms.ModelChoiceField(Team.objects.none(), required=False, empty_label="Any", to_field_name="slug")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "team", people.teams(actor))


class ItemFilterForm(forms.Form):
    q = forms.CharField(label="Search", required=False, widget=forms.TextInput(attrs={"placeholder": "Words"}))
    show = forms.ChoiceField(required=False, choices=SHOW)
    team = forms.ModelChoiceField(Team.objects.none(), required=False, empty_label="Any", to_field_name="slug")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "team", people.teams(actor))


class EventForm(forms.Form):
    team = forms.ModelChoiceField(Team.objects.none(), empty_label=None)
    title = forms.CharField(max_length=160, help_text="A launch, a migration, or anything else to learn from.")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "team", people.teams_where(actor, "responder"))


class PostmortemForm(forms.Form):
    """The document: its facts, and a text and a public mark for each section."""

    title = forms.CharField(max_length=160)
    owner = forms.ModelChoiceField(User.objects.none(), required=False)
    due_on = date_field("Due on")
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, postmortem: Postmortem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "owner", User.objects.filter(is_active=True).order_by("name", "email"))
        for section in postmortem.sections.all():
            template = sections.BY_KEY[section.key]
            rows = 8 if template.is_required else 4
            self.fields[f"text_{section.key}"] = forms.CharField(
                label=template.title,
                help_text=template.hint,
                required=False,
                max_length=40000,
                initial=section.text,
                widget=forms.Textarea(attrs={"rows": rows}),
            )
            self.fields[f"public_{section.key}"] = forms.BooleanField(
                label="In the public version", required=False, initial=section.is_public
            )
        self.fields["no_items_reason"] = forms.CharField(
            label="No action items, because",
            required=False,
            max_length=2000,
            initial=postmortem.no_items_reason,
            help_text="What doing something would cost, against what doing nothing costs.",
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.fields["review_again_on"] = date_field("Look at it again on")
        self.initial.setdefault("review_again_on", postmortem.review_again_on)

    @staticmethod
    def facts(values: Mapping[str, Any]) -> dict[str, Any]:
        names = ("title", "due_on", "no_items_reason", "review_again_on")
        return {**{name: values[name] for name in names}, "owner_id": key_of(values["owner"])}

    @staticmethod
    def texts(values: Mapping[str, Any]) -> dict[str, str]:
        return {name.removeprefix("text_"): text for name, text in values.items() if name.startswith("text_")}

    @staticmethod
    def public(values: Mapping[str, Any]) -> set[str]:
        return {
            name.removeprefix("public_") for name, marked in values.items() if name.startswith("public_") and marked
        }


class SubmitForm(forms.Form):
    reviewers = forms.ModelMultipleChoiceField(
        User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, help_text="One or two are enough."
    )

    def __init__(self, *args: Any, postmortem: Postmortem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = people.team_members(postmortem.team_id)
        choose(self, "reviewers", found.exclude(pk=postmortem.owner_id) if postmortem.owner_id else found)


class RowForm(forms.Form):
    at = forms.DateTimeField(
        label="When",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    precision = forms.ChoiceField(choices=PRECISIONS)
    text = forms.CharField(max_length=1000)


class ImpactForm(forms.ModelForm[ImpactRow]):
    class Meta:
        model = ImpactRow
        fields = ["label", "value", "unit", "confidence", "is_estimate"]
        labels = {"label": "What", "is_estimate": "An estimate"}

    confidence = forms.ChoiceField(choices=CONFIDENCES, initial="estimated")


class ActionItemForm(forms.Form):
    title = forms.CharField(max_length=200, help_text="So that anybody can tell when it is done.")
    type = forms.ChoiceField(choices=actions.TYPES)
    priority = forms.TypedChoiceField(choices=actions.PRIORITIES, coerce=int, initial=2)
    owner = forms.ModelChoiceField(User.objects.none(), required=False)
    due_on = date_field("Due on")
    ticket_url = forms.URLField(label="Ticket", required=False, max_length=500, assume_scheme="https")
    detail = forms.CharField(required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "owner", User.objects.filter(is_active=True).order_by("name", "email"))

    @staticmethod
    def facts(values: Mapping[str, Any]) -> dict[str, Any]:
        rest = {name: value for name, value in values.items() if name not in ("owner", "version")}
        return {**rest, "owner_id": key_of(values["owner"])}


class ActionItemEditForm(ActionItemForm):
    state = forms.ChoiceField(choices=actions.CHOICES)
    reason = forms.CharField(
        label="Why it is not done", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def choose(form: forms.Form, name: str, queryset: Any) -> None:
    field: Any = form.fields[name]
    field.queryset = queryset


def key_of(row: User | None) -> int | None:
    return row.pk if row is not None else None
