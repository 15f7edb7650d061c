"""The form of a correction: seen first as a preview, saved as it was seen."""

import hashlib
import json
from typing import Any

from django import forms

from slo.forms.adjustments import SpanForm
from slo.forms.parts import offer
from slo.models import Slo
from slo.models.adjustments import EFFECTS


class CorrectionForm(SpanForm):
    """A span of one of `slos`, or of all of them. `seen` names the content that the last preview showed."""

    slo = forms.ChoiceField(label="Which SLO", required=False)
    effect = forms.ChoiceField(choices=EFFECTS, initial="exclude", widget=forms.RadioSelect)
    reason = forms.CharField(
        max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text="Kept in the ledger for ever."
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    field_order = ("slo", "effect", "reason", "starts_at", "ends_at", "repeats", "rrule", "zone", "seen")

    def __init__(self, *args: Any, slos: list[Slo], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slos = {slo.public_id: slo for slo in slos}
        offer(self, "slo", [("", "All SLOs of the service"), *[(key, slo.name) for key, slo in self.slos.items()]])

    def facts(self) -> dict[str, Any]:
        """What the service takes, without the service of the catalog."""
        data = self.cleaned_data
        return self.span() | {"slo": self.slos.get(data["slo"]), "effect": data["effect"], "reason": data["reason"]}

    @property
    def digest(self) -> str:
        """A name of what would be saved, so that only what was seen is."""
        text = json.dumps({name: str(value) for name, value in sorted(self.facts().items())})
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()

    @property
    def was_seen(self) -> bool:
        """Whether the preview showed exactly this."""
        return bool(self.cleaned_data["seen"] == self.digest)
