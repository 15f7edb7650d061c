"""What imports look like to programs, and what programs may send."""

from datetime import UTC
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.lib.api.serializers import StrictSerializer
from shortener.api.serializers import told
from shortener.models import Domain, ImportJob
from shortener.selectors import finding, owners
from shortener.services.importing import formats
from shortener.services.importing.plans import Existing

EXISTING = [str(choice) for choice in Existing]


class ImportOptions(StrictSerializer):
    """How an import is done: what the columns mean, and what to do with links that exist and lead elsewhere."""

    mapping = serializers.DictField(child=serializers.CharField(allow_blank=True), required=False)
    existing = serializers.ChoiceField(EXISTING, required=False)
    add_tags = serializers.ListField(child=serializers.CharField(), required=False)
    visits = serializers.BooleanField(required=False, help_text="Bring visits along; yes by default.")


class ImportDraft(ImportOptions):
    """A file: as `file` of a multipart form (at most 50 MB), or as `text` in JSON (at most what a body may hold)."""

    file = serializers.FileField(required=False)
    text = serializers.CharField(required=False, trim_whitespace=False)
    file_name = serializers.CharField(required=False, allow_blank=True, max_length=200)
    kind = serializers.ChoiceField(formats.CHOICES, required=False, help_text="By default the columns tell.")
    domain = serializers.CharField(required=False, help_text="Name or id of the domain; else the default one.")
    team = serializers.CharField(required=False, help_text="Slug or id of the team; else the caller's first one.")
    start = serializers.BooleanField(required=False, help_text="Start at once, without a preview.")

    def validate_domain(self, name: str) -> Domain:
        return told(lambda: finding.get_domain(self.context["actor"], name))

    def validate_team(self, name: str) -> int:
        return told(lambda: owners.team_id_for(self.context["actor"], name))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("file" in attrs) == ("text" in attrs):
            raise serializers.ValidationError({"file": ["Send either a file or its text."]})
        return attrs


class PreviewRowOut(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    action = serializers.ChoiceField(["create", "update", "unchanged", "fail"])
    target = serializers.CharField()
    slug = serializers.CharField(help_text="Empty for a random one.")
    title = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    visits = serializers.IntegerField()
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))  # type: ignore[assignment]  # the name of a field, not the errors of this serializer


class PreviewOut(serializers.Serializer[Any]):
    """The first 20 rows as they will be; `counts` of what would happen over the first `checked` rows."""

    checked = serializers.IntegerField()
    counts = serializers.DictField(child=serializers.IntegerField())
    rows = PreviewRowOut(many=True)


class ImportOut(serializers.Serializer[Any]):
    """An import: `rows` in the file, `done` of them, and what became of them."""

    id = serializers.CharField(source="public_id")
    state = serializers.ChoiceField(ImportJob.State.values)
    kind = serializers.CharField()
    file_name = serializers.CharField()
    team = serializers.CharField(source="team.slug")
    domain = serializers.CharField(source="domain.name")
    columns = serializers.ListField(child=serializers.CharField(), source="mapping.columns")
    mapping = serializers.DictField(child=serializers.CharField(), source="mapping.fields")
    options = serializers.DictField()
    rows = serializers.IntegerField()
    done = serializers.IntegerField(source="cursor")
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    failed = serializers.IntegerField()
    visits = serializers.IntegerField()
    trouble = serializers.CharField()
    created_at = serializers.DateTimeField(default_timezone=UTC)
    finished_at = serializers.DateTimeField(default_timezone=UTC, allow_null=True)
    preview = serializers.SerializerMethodField()

    @extend_schema_field(PreviewOut(allow_null=True))
    def get_preview(self, job: ImportJob) -> Any:
        """Only of one import that waits to be started."""
        found = self.context.get("preview")
        return PreviewOut(found).data if found is not None else None


class ImportErrorOut(serializers.Serializer[Any]):
    """Why a row was not imported, and the row as it came."""

    line = serializers.IntegerField()
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), source="fields")  # type: ignore[assignment]  # the name of a field
    row = serializers.DictField()
