"""The forms of silences, routes and inhibition; matchers are one line of text."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from oncall.domain import matchers
from oncall.domain.matchers import BadMatchers, Matcher
from oncall.models import Alert, EscalationPolicy, Integration
from oncall.services.routes import InhibitionFields, RouteFields
from oncall.services.silences import SilenceFields
from portal.accounts.models import Team
from portal.catalog.models import Service
from portal.lib.forms import narrow
from portal.lib.times import zone_names

REPEATS = [
    ("", "Once"),
    ("FREQ=DAILY", "Every day"),
    ("FREQ=WEEKLY", "Every week"),
    ("FREQ=WEEKLY;INTERVAL=2", "Every two weeks"),
    ("FREQ=MONTHLY", "Every month"),
    ("rule", "By the rule below"),
]
FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
EXAMPLE = 'severity="warning", app=~"shop|cart"'


class MatchersField(forms.CharField):
    """A line of matchers."""

    def __init__(self, **kwargs: Any) -> None:
        given: dict[str, Any] = {"max_length": 4000, "required": False, "help_text": f"For example {EXAMPLE}."}
        super().__init__(**(given | kwargs))

    def clean(self, value: Any) -> tuple[Matcher, ...]:
        """The matchers, or each fault."""
        try:
            return matchers.parse(super().clean(value))
        except BadMatchers as error:
            raise forms.ValidationError(error.problems) from error


class NamesField(forms.CharField):
    """Names of labels, separated by commas."""

    def clean(self, value: Any) -> tuple[str, ...]:
        """The names in their order, each once."""
        text = super().clean(value)
        return tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


def moment(label: str, **kwargs: Any) -> forms.DateTimeField:
    """A date and a time of day in the reader's zone."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, input_formats=FORMATS, **kwargs)


class MatchForm(forms.Form):
    """What a preview needs: a service, matchers."""

    service = forms.ModelChoiceField(queryset=Service.objects.none(), required=False, empty_label="Any")
    matchers = MatchersField(label="Labels", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = Service.objects.filter(team=team, archived_at=None)
        narrow(self, "service", services)


class SilenceForm(MatchForm):
    """Who pages nobody, why, and from when until when."""

    comment = forms.CharField(label="Why", max_length=300, help_text="For whoever wonders: Moving the rack to hall 2.")
    is_maintenance = forms.BooleanField(label="This is planned maintenance", required=False)
    starts_at = moment("From")
    ends_at = moment("Until")
    repeats = forms.ChoiceField(choices=REPEATS, required=False)
    rule = forms.CharField(max_length=300, required=False, help_text="An RRULE, such as FREQ=WEEKLY;BYDAY=SU;COUNT=10.")
    zone = forms.ChoiceField(
        label="Time zone of the repetition", required=False, choices=lambda: [(name, name) for name in zone_names()]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("zone", timezone.get_current_timezone_name())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("repeats") == "rule" and not data.get("rule"):
            self.add_error("rule", "Write the rule, or choose another repetition.")
        return data

    def given(self) -> SilenceFields:
        """What the service takes."""
        data = self.cleaned_data
        names = ("starts_at", "ends_at", "comment", "matchers", "is_maintenance")
        return SilenceFields(
            **{name: data[name] for name in names},
            service_id=data["service"].pk if data["service"] else None,
            rule=data["rule"] if data["repeats"] == "rule" else data["repeats"],
            zone=data["zone"] or timezone.get_current_timezone_name(),
        )


class RouteForm(forms.Form):
    """Where alerts go that match."""

    name = forms.CharField(max_length=80)
    matchers = MatchersField(label="When its labels match", widget=forms.Textarea(attrs={"rows": 2}))
    integration = forms.ModelChoiceField(queryset=Integration.objects.none(), required=False, empty_label="Any")
    service = forms.ModelChoiceField(queryset=Service.objects.none(), required=False, empty_label="As it came")
    policy = forms.ModelChoiceField(queryset=EscalationPolicy.objects.none(), required=False, empty_label="As usual")
    severity = forms.ChoiceField(
        choices=[("", "As it came"), *[(value, value.capitalize()) for value in Alert.Severity.values]], required=False
    )
    group_by = NamesField(label="Group by", required=False, help_text="Names of labels, such as cluster, app.")
    repages = forms.BooleanField(
        label="A new or worse alert that joins an acknowledged group pages again", required=False
    )

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, QuerySet[Any]] = {
            "integration": Integration.objects.filter(team=team, revoked_at=None),
            "service": Service.objects.filter(team=team, archived_at=None),
            "policy": EscalationPolicy.objects.filter(team=team, archived_at=None),
        }
        for name, found in choices.items():
            narrow(self, name, found)

    def given(self) -> RouteFields:
        """What the service takes."""
        data = self.cleaned_data
        ids: dict[str, Any] = {
            f"{name}_id": data[name].pk if data[name] else None for name in ("integration", "service", "policy")
        }
        names = ("name", "matchers", "severity", "group_by", "repages")
        return RouteFields(**ids, **{name: data[name] for name in names})


class InhibitionForm(forms.Form):
    """Which alerts keep which others quiet."""

    source = MatchersField(label="While an alert fires that matches", required=True, help_text='Such as kind="switch".')
    target = MatchersField(label="page nobody about those that match", required=True, help_text='Such as kind="host".')
    equal = NamesField(
        label="and have the same",
        required=False,
        help_text="Names of labels, such as rack, cluster: only the hosts of that rack. Empty: all of them.",
    )
    name = forms.CharField(max_length=80, help_text="What the page of a quiet alert says: The switch is down.")

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team

    def given(self) -> InhibitionFields:
        """What the service takes."""
        return InhibitionFields(**self.cleaned_data)


class TesterForm(forms.Form):
    """Labels to try the routes with: one line, or a line each."""

    labels = MatchersField(
        label="Labels of an alert",
        required=True,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text='For example severity="critical", app="shop".',
    )
    integration = forms.ModelChoiceField(queryset=Integration.objects.none(), required=False, empty_label="None")

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Integration.objects.filter(team=team, revoked_at=None)
        narrow(self, "integration", found)

    def clean_labels(self) -> tuple[Matcher, ...]:
        """What an alert has, so that only = says it."""
        found: tuple[Matcher, ...] = self.cleaned_data["labels"]
        if wrong := [one.name for one in found if one.op != "="]:
            raise forms.ValidationError(f'{wrong[0]}: an alert has values; write {wrong[0]}="value".')
        return found

    def known(self) -> dict[str, str]:
        """The labels."""
        return {one.name: one.value for one in self.cleaned_data["labels"]}
