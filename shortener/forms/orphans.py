"""The filter of the page of orphan visits."""

from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.lib.forms import narrow
from shortener.models import Domain
from shortener.selectors import finding, orphans
from shortener.selectors.orphans import DAYS, KINDS, OrphanFilter


class OrphanForm(forms.Form):
    """Which days, which kind, which domain."""

    days = forms.TypedChoiceField(
        choices=[(days, "1 year" if days == 365 else f"{days} days") for days in DAYS],
        coerce=int,
        required=False,
        initial=30,
    )
    kind = forms.ChoiceField(choices=[("", "Every kind"), *KINDS.items()], required=False)
    host: Any = forms.ModelChoiceField(
        Domain.objects.none(), to_field_name="name", required=False, empty_label="Every domain", label="Domain"
    )

    def __init__(self, *arguments: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*arguments, **options)
        narrow(self, "host", finding.domains(actor))
        if not orphans.sees_wrong_hosts(actor):
            kinds = [pair for pair in KINDS.items() if pair[0] != "host"]
            self.fields["kind"].choices = [("", "Every kind"), *kinds]  # type: ignore[attr-defined]  # this field chooses among words

    def wanted(self) -> OrphanFilter:
        """What to look for; a field that is wrong does not narrow."""
        self.is_valid()
        found: dict[str, Any] = getattr(self, "cleaned_data", {})
        host = found.get("host")
        return OrphanFilter(found.get("days") or 30, found.get("kind", ""), host.name if host else "")
