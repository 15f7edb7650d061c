"""The forms of imports: the upload, and what the columns of a file mean."""

from collections.abc import Mapping
from typing import Any

from django import forms

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.models import Team
from portal.accounts.selectors import people
from shortener.forms.parts import WordsField, offer
from shortener.models import Domain, ImportJob
from shortener.selectors import finding
from shortener.services.importing import formats, jobs
from shortener.services.importing.plans import Existing

EXISTING = [
    (Existing.REPORT, "Report it as a problem"),
    (Existing.SKIP, "Leave the link as it is"),
    (Existing.UPDATE, "Change the link to what the file says"),
]


class ImportForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label="File",
        help_text="CSV, JSON, JSON lines, or an SQL dump of YOURLS; at most 50 MB, not packed.",
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,.json,.jsonl,.ndjson,.sql"}),
    )
    kind = forms.ChoiceField(
        label="It comes from",
        choices=[("", "Find out by its columns"), *formats.CHOICES],
        required=False,
        help_text="You can correct the meaning of each column on the next page. Nothing is imported yet.",
    )
    domain = forms.ModelChoiceField(
        queryset=Domain.objects.none(), to_field_name="name", label="Under the domain", empty_label=None
    )
    team = forms.ModelChoiceField(queryset=Team.objects.none(), to_field_name="slug", empty_label=None)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        domains = finding.domains(actor).filter(archived_at=None)
        offer(self.fields["domain"], domains)
        offer(self.fields["team"], people.teams_where(actor, Role.RESPONDER))
        self.fields["domain"].required = domains.exists()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > jobs.MAX_BYTES:
            raise forms.ValidationError(jobs.TOO_LARGE)
        return file


class MappingForm(forms.Form):
    """Which column means what, and what to do with links that exist."""

    existing = forms.ChoiceField(label="When the short link exists and leads elsewhere", choices=EXISTING)
    add_tags = WordsField(label="Give every link these tags", required=False, help_text="With commas between them.")
    visits = forms.BooleanField(label="Bring visits along", required=False)

    def __init__(self, data: Any = None, *, job: ImportJob) -> None:
        super().__init__(data, initial=_initial(job))
        columns = [("", "No column"), *((column, column) for column in job.mapping["columns"])]
        for name, label in formats.FIELDS.items():
            self.fields[f"map_{name}"] = forms.ChoiceField(label=label, choices=columns, required=False)

    def mapping(self) -> dict[str, str]:
        """Field -> column, as the services take it."""
        return {name: self.cleaned_data[f"map_{name}"] for name in formats.FIELDS}

    def options(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("existing", "add_tags", "visits")}

    def placed(self, errors: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """The errors of fields at the choices of their columns."""
        return {f"map_{name}" if name in formats.FIELDS else name: found for name, found in errors.items()}

    def mapped(self) -> list[forms.BoundField]:
        """The fields that have a column, those that every import needs first."""
        return [self[f"map_{name}"] for name in formats.FIELDS if name in self._chosen()]

    def unmapped(self) -> list[forms.BoundField]:
        return [self[f"map_{name}"] for name in formats.FIELDS if name not in self._chosen()]

    def _chosen(self) -> set[str]:
        always = {"target", "slug", "title", "tags", "created_at"}
        return always | {name for name in formats.FIELDS if self[f"map_{name}"].value()}


def _initial(job: ImportJob) -> dict[str, Any]:
    fields: Mapping[str, str] = job.mapping["fields"]
    options = job.options
    return {
        "existing": options.get("existing", Existing.REPORT),
        "add_tags": options.get("add_tags", []),
        "visits": options.get("visits", True),
        **{f"map_{name}": column for name, column in fields.items()},
    }
