"""The forms of incidents. What they offer depends on who fills them in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms

from incidents.domain import all_clear, components, milestones, roles, states, updates
from incidents.models import Incident
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team, User
from portal.accounts.selectors import people
from portal.catalog import selectors as catalog
from portal.catalog.models import Service

DUE_IN = [
    (10, "10 minutes"),
    (20, "20 minutes"),
    (30, "30 minutes"),
    (60, "1 hour"),
    (120, "2 hours"),
    (480, "8 hours"),
]
LONG = forms.Textarea(attrs={"rows": 4})


class InstantInput(forms.DateTimeInput):
    """A date and time in the reader's zone, to the second so that nothing is lost by saving."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M:%S", attrs={"step": "1"})


def instant(label: str, help_text: str = "") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        widget=InstantInput(),
        input_formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"],
        help_text=help_text,
    )


class FilterForm(forms.Form):
    q = forms.CharField(
        label="Search", required=False, widget=forms.TextInput(attrs={"placeholder": "Words or INC-12"})
    )
    status = forms.ChoiceField(
        required=False, choices=[("", "Any"), ("open", "Open"), *states.CHOICES, ("drill", "Drills")]
    )
    severity = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Any"), *((n, f"SEV{n}") for n, _ in states.SEVERITIES)],
    )
    service = forms.ModelChoiceField(Service.objects.none(), required=False, empty_label="Any", to_field_name="slug")
    team = forms.ModelChoiceField(Team.objects.none(), required=False, empty_label="Any", to_field_name="slug")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "service", catalog.services(actor))
        choose(self, "team", people.teams(actor))


class DeclareForm(forms.Form):
    title = forms.CharField(
        max_length=140,
        label="What is wrong?",
        widget=forms.TextInput(attrs={"autofocus": True, "placeholder": "Checkout answers 500", "autocomplete": "off"}),
    )
    severity = forms.TypedChoiceField(choices=states.SEVERITIES, coerce=int, initial=2, widget=forms.RadioSelect)
    service = forms.ModelChoiceField(Service.objects.none(), empty_label=None)
    is_public = forms.BooleanField(required=False, label="Show it on the public status page")
    is_private = forms.BooleanField(
        required=False, label="Private: only responders of the team and people with a role see it"
    )
    is_drill = forms.BooleanField(required=False, label="This is a drill: it never enters a metric")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "service", responder_services(actor))


class NoteForm(forms.Form):
    text = forms.CharField(
        label="What happened, or what are you doing?", max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    at = instant("When", "Leave it empty for now.")
    evidence_url = forms.URLField(label="Link to evidence", required=False, max_length=500, assume_scheme="https")


class CorrectForm(forms.Form):
    text = forms.CharField(label="What is true instead?", max_length=4000, widget=LONG)
    at = instant("When it happened", "Leave it empty to keep the time.")


class UpdateForm(forms.Form):
    text = forms.CharField(
        label="What is known?",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Post one also when nothing changed.",
    )
    audience = forms.ChoiceField(
        choices=updates.AUDIENCES, initial=updates.INTERNAL, help_text="Public goes on the status page."
    )
    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Unchanged"), *states.OPEN_CHOICES])
    due_in = forms.TypedChoiceField(
        label="Next update in", required=False, coerce=int, empty_value=None, choices=[("", "As usual"), *DUE_IN]
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not incident.is_public:
            set_choices(self, "audience", updates.AUDIENCES[:1])
        else:
            self.initial.setdefault("audience", updates.PUBLIC)


class StatusForm(forms.Form):
    status = forms.ChoiceField()

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "status", [pair for pair in states.CHOICES if states.may_follow(incident.status, pair[0])])


class SnoozeForm(forms.Form):
    due_in = forms.TypedChoiceField(label="Next update in", coerce=int, choices=DUE_IN, initial=60)
    reason = forms.CharField(max_length=300)


class AllClearForm(forms.Form):
    step = forms.ChoiceField(choices=all_clear.STEPS, widget=forms.HiddenInput)
    text = forms.CharField(label="What do you tell everybody?", required=False, max_length=2000, widget=LONG)
    recovered_at = instant("Recovered at", "When users were served again; empty means now.")
    follow_up = forms.BooleanField(label="A follow-up will come (a postmortem, a fix)", required=False, initial=True)

    def __init__(self, *args: Any, step: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["step"] = step
        if step == all_clear.SHOULD_BE_FIXED:
            del self.fields["recovered_at"], self.fields["follow_up"]


class HandoverForm(forms.Form):
    role = forms.ChoiceField(choices=roles.CHOICES)
    user = forms.ModelChoiceField(User.objects.none(), label="To", empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "user", User.objects.filter(is_active=True).order_by("name", "email"))


class EditForm(forms.Form):
    title = forms.CharField(max_length=140)
    severity = forms.TypedChoiceField(choices=states.SEVERITIES, coerce=int)
    summary = forms.CharField(required=False, max_length=4000, widget=LONG, help_text="For whoever joins later.")
    is_public = forms.BooleanField(required=False, label="On the public status page")
    public_title = forms.CharField(
        required=False, max_length=140, help_text="What the public reads instead of the title."
    )
    is_private = forms.BooleanField(required=False, label="Private")
    is_drill = forms.BooleanField(required=False, label="Drill")
    cause_key = forms.SlugField(
        required=False,
        max_length=60,
        label="Cause",
        help_text="One word for repeats, such as bad-deploy or expired-certificate.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class MilestonesForm(forms.Form):
    """One optional instant per milestone that people set; resolved and closed follow the status."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in milestones.NAMES[:6]:
            self.fields[f"{name}_at"] = instant(milestones.LABELS[name])
        self.fields["declared_at"].required = True

    @staticmethod
    def instants(values: Mapping[str, datetime | None]) -> dict[str, datetime | None]:
        return {name.removesuffix("_at"): at for name, at in values.items()}


class AffectedForm(forms.Form):
    """A state for each service that is affected, and room for one more."""

    add_service = forms.ModelChoiceField(Service.objects.none(), label="One more service", required=False)
    add_state = forms.ChoiceField(label="Its state", choices=components.CHOICES)

    def __init__(self, *args: Any, actor: Actor, affected: Mapping[Service, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.services = {f"state_{service.pk}": service for service in affected}
        for service, state in affected.items():
            choices = [("", "Not affected"), *components.CHOICES]
            self.fields[f"state_{service.pk}"] = forms.ChoiceField(
                label=service.name, required=False, choices=choices, initial=state
            )
        choose(self, "add_service", catalog.services(actor).exclude(pk__in=[service.pk for service in affected]))
        self.order_fields([*self.services, "add_service", "add_state"])

    def states_of(self, values: Mapping[str, Any]) -> dict[Service, str]:
        kept = {service: values[name] for name, service in self.services.items() if values[name]}
        added = values["add_service"]
        return {**kept, added: values["add_state"]} if added else kept


def responder_services(actor: Actor) -> Any:
    """The services for which `actor` may declare."""
    found = catalog.services(actor)
    if actor.is_administrator:
        return found
    return found.filter(team_id__in=[pk for pk, held in actor.roles.items() if held >= Role.RESPONDER])


def choose(form: forms.Form, name: str, queryset: Any) -> None:
    field: Any = form.fields[name]
    field.queryset = queryset


def set_choices(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices
