"""The forms of releases: record one, correct what is known of it, move it on, take it back."""

from decimal import Decimal
from typing import Any

from django import forms

from portal.catalog.models import Service
from slo.forms.parts import FilterForm, offer
from slo.models import Release
from slo.models.releases import KINDS, PRODUCTION, STATUSES, STRATEGIES

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]
KNOWN = ("url", "diff_url", "commit", "committed_at", "is_unplanned", "changelog", "notes")


class MomentField(forms.DateTimeField):
    """A local time of day, typed or chosen; may be left empty."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(required=False, widget=widget, input_formats=FORMATS, **kwargs)


class KnownForm(forms.Form):
    """What may be said of a release at any time."""

    url = forms.URLField(label="Link", max_length=500, required=False, assume_scheme="https")
    diff_url = forms.URLField(label="Link to the diff", max_length=500, required=False, assume_scheme="https")
    commit = forms.CharField(max_length=64, required=False)
    committed_at = MomentField(label="Committed at")
    is_unplanned = forms.BooleanField(label="Unplanned: an incident made it necessary", required=False)
    changelog = forms.CharField(max_length=20000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    notes = forms.CharField(max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ReleaseForm(KnownForm):
    """A release of one of `services`, recorded by hand."""

    service = forms.ChoiceField()
    version = forms.CharField(max_length=100, help_text="For example 2.4.1 or a commit.")
    environment = forms.CharField(max_length=40, initial=PRODUCTION)
    kind = forms.ChoiceField(choices=KINDS, initial="normal")
    strategy = forms.ChoiceField(choices=STRATEGIES, initial="direct")
    author = forms.CharField(max_length=120, required=False, help_text="You, unless it is somebody else.")
    percentage = forms.DecimalField(min_value=0, max_value=100, decimal_places=2, initial=100, label="Rolled out to, %")
    status = forms.ChoiceField(choices=STATUSES, initial="succeeded")
    started_at = MomentField(label="Started at", help_text="Now, when it is left empty.")

    field_order = (
        "service", "version", "environment", "kind", "strategy", "percentage", "status", "started_at", "author",
    )  # fmt: skip

    def __init__(self, *args: Any, services: list[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "service", [(service.slug, service.name) for service in services])

    def facts(self) -> dict[str, Any]:
        """What the service takes, without the service."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in {"service", "percentage"}}
        return data | {"rollout_ratio": Decimal(self.cleaned_data["percentage"]) / 100}


class ReleaseEditForm(KnownForm):
    """What is known of a release, and how it went."""

    status = forms.ChoiceField(choices=STATUSES)
    kind = forms.ChoiceField(choices=[choice for choice in KINDS if choice[0] != "rollback"])

    field_order = ("status", "kind")

    def __init__(self, data: Any = None, *, release: Release) -> None:
        super().__init__(data, initial={name: getattr(release, name) for name in (*KNOWN, "status", "kind")})
        if release.rollback_of_id is not None:
            del self.fields["kind"]


class StageForm(forms.Form):
    """The next stage of a rollout."""

    percentage = forms.DecimalField(min_value=0, max_value=100, decimal_places=2, label="Rolled out to, %")
    name = forms.CharField(label="Stage", max_length=100, required=False)
    note = forms.CharField(max_length=500, required=False)

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        return {"rollout_ratio": Decimal(data.pop("percentage")) / 100, **data}


class RollbackForm(forms.Form):
    """Why a release is taken back, and to what."""

    reason = forms.CharField(max_length=1000, required=False)
    version = forms.CharField(label="Back to", max_length=100, required=False)


class ReleaseFilterForm(FilterForm):
    """What the list of releases is narrowed by."""

    environment = forms.CharField(max_length=40, required=False)
    kind = forms.ChoiceField(choices=[("", "Any kind"), *KINDS], required=False)
    status = forms.ChoiceField(choices=[("", "Any status"), *STATUSES], required=False)
