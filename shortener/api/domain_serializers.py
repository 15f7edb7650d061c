"""What domains look like to programs, and what programs may send."""

from datetime import UTC
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.lib.api.serializers import StrictSerializer
from shortener.api.serializers import told
from shortener.models import Domain
from shortener.selectors import owners
from shortener.services import domain_fields, targets

PAGE = {
    "type": ["object", "null"],
    "description": "Nothing: the portal's own page. Or an address to go to, or a title and a text to say.",
    "properties": {
        "target": {"type": "string"},
        "title": {"type": "string", "maxLength": domain_fields.LONGEST_TITLE},
        "text": {"type": "string", "maxLength": domain_fields.LONGEST_TEXT},
    },
    "additionalProperties": False,
}


class DomainRule:
    """The services' own rule of a field, so that its errors come together with those of the types."""

    requires_context = True

    def __call__(self, value: Any, field: serializers.Field[Any, Any, Any, Any]) -> None:
        found = domain_fields.clean_one(field.field_name or "", value, targets.served_hosts())[1]
        if found:
            raise serializers.ValidationError(found)


@extend_schema_field(PAGE | {"type": "object"})
class PageField(serializers.JSONField):
    """One of the three pages of a domain."""


def page() -> PageField:
    return PageField(required=False, allow_null=True, validators=[DomainRule()])


class DomainPatch(StrictSerializer):
    """What may be changed."""

    name = serializers.CharField(required=False, max_length=400, validators=[DomainRule()])
    case_sensitive = serializers.BooleanField(required=False)
    is_team_default = serializers.BooleanField(
        required=False, help_text="Whether the team's links go here when nobody chooses."
    )
    root_page = page()
    unknown_page = page()
    expired_page = page()
    records_network = serializers.BooleanField(required=False)
    records_device = serializers.BooleanField(required=False)
    records_referrer = serializers.BooleanField(required=False)
    records_visitor = serializers.BooleanField(required=False)
    respects_opt_out = serializers.BooleanField(required=False)
    logo = serializers.CharField(
        required=False,
        allow_null=True,
        allow_blank=True,
        validators=[DomainRule()],
        help_text=f"PNG or JPEG as base64, at most {domain_fields.LOGO_BYTES // 1024} KB; null or empty: none.",
    )


class DomainDraft(DomainPatch):
    """A new domain: only its name is needed."""

    name = serializers.CharField(max_length=400, validators=[DomainRule()])
    team = serializers.CharField(required=False, help_text="Slug or id of the team; none: open to all teams.")

    def validate_team(self, name: str) -> int:
        return told(lambda: owners.team_id_for(self.context["actor"], name))


class DomainOut(serializers.Serializer[Any]):
    """A domain. Its logo is told by its presence only."""

    id = serializers.CharField(source="public_id")
    name = serializers.CharField()
    team = serializers.CharField(source="team.slug", allow_null=True, default=None)
    case_sensitive = serializers.BooleanField()
    is_default = serializers.BooleanField()
    is_team_default = serializers.BooleanField()
    root_page = serializers.SerializerMethodField()
    unknown_page = serializers.SerializerMethodField()
    expired_page = serializers.SerializerMethodField()
    records_network = serializers.BooleanField()
    records_device = serializers.BooleanField()
    records_referrer = serializers.BooleanField()
    records_visitor = serializers.BooleanField()
    respects_opt_out = serializers.BooleanField()
    has_logo = serializers.SerializerMethodField()
    archived_at = serializers.DateTimeField(allow_null=True, default_timezone=UTC)
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField(default_timezone=UTC)

    @extend_schema_field(PAGE)
    def get_root_page(self, domain: Domain) -> Any:
        stored = domain.pages.get("root")
        return stored or ({"target": domain.root_target} if domain.root_target else None)

    @extend_schema_field(PAGE)
    def get_unknown_page(self, domain: Domain) -> Any:
        return domain.pages.get("unknown")

    @extend_schema_field(PAGE)
    def get_expired_page(self, domain: Domain) -> Any:
        return domain.pages.get("expired")

    def get_has_logo(self, domain: Domain) -> bool:
        return bool(domain.logo)
