"""What links and domains look like to programs, and what programs may send."""

from collections.abc import Callable
from datetime import UTC
from typing import Any, TypeVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.lib.api.serializers import StrictSerializer
from portal.lib.errors import DomainError
from shortener.api.rules_field import RulesField
from shortener.domain import slugs
from shortener.models import Domain, Link, LinkTotal
from shortener.selectors import finding, owners
from shortener.services import fields, targets

STATUSES = list(fields.STATUSES)
Found = TypeVar("Found")


class LinkRule:
    """The services' own rule of a field, so that its errors come together with those of the types."""

    requires_context = True

    def __call__(self, value: Any, field: serializers.Field[Any, Any, Any, Any]) -> None:
        name = field.field_name or ""
        found = slugs.problems(value) if name == "slug" else fields.clean_one(name, value, _served(field))[1]
        if found:
            raise serializers.ValidationError(found)


def _served(field: serializers.Field[Any, Any, Any, Any]) -> frozenset[str]:
    """The served hosts, asked for once for all fields of a body."""
    kept = vars(field.root)
    if "served" not in kept:
        kept["served"] = targets.served_hosts()
    found: frozenset[str] = kept["served"]
    return found


def told(find: Callable[[], Found]) -> Found:
    """What `find` finds; its refusal becomes an error of the field."""
    try:
        return find()
    except DomainError as error:
        raise serializers.ValidationError(error.detail) from error


def text(**options: Any) -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, validators=[LinkRule()], **options)


def instant() -> serializers.DateTimeField:
    return serializers.DateTimeField(required=False, allow_null=True, default_timezone=UTC)


class LinkPatch(StrictSerializer):
    """What may be changed."""

    target = serializers.CharField(required=False, validators=[LinkRule()])
    title = text()
    tags = serializers.ListField(child=serializers.CharField(), required=False, validators=[LinkRule()])
    notes = text()
    not_before = instant()
    expires_at = instant()
    expired_target = text()
    redirect_status = serializers.ChoiceField(STATUSES, required=False)
    max_age = serializers.IntegerField(required=False, allow_null=True, validators=[LinkRule()])
    forward_query = serializers.BooleanField(required=False)
    forward_path = serializers.BooleanField(required=False)
    preview = serializers.BooleanField(required=False)
    is_indexed = serializers.BooleanField(required=False, help_text="Whether search engines may list the link.")
    max_visits = serializers.IntegerField(
        required=False, allow_null=True, validators=[LinkRule()], help_text="How many people it leads; null: all."
    )
    is_open_without_counter = serializers.BooleanField(
        required=False, help_text="Whether a link with max_visits stays open while its counter cannot be asked."
    )
    password = text(
        allow_null=True,
        trim_whitespace=False,
        write_only=True,
        help_text="Never shown again; null or empty removes it.",
    )
    rules = RulesField(required=False, validators=[LinkRule()])
    external_id = text(allow_null=True)
    state = serializers.ChoiceField(["active", "disabled"], required=False)


class LinkDraft(LinkPatch):
    """What a new link is made of; only the target is needed."""

    target = serializers.CharField(validators=[LinkRule()])
    slug = serializers.CharField(required=False, allow_null=True, allow_blank=True, validators=[LinkRule()])
    domain = serializers.CharField(required=False, help_text="Name or id of the domain; else the default one.")
    team = serializers.CharField(required=False, help_text="Slug or id of the team; else the caller's first one.")

    def validate_domain(self, name: str) -> Domain:
        return told(lambda: finding.get_domain(self.context["actor"], name))

    def validate_team(self, name: str) -> int:
        return told(lambda: owners.team_id_for(self.context["actor"], name))


class LinkUpsert(LinkDraft):
    """A link under an external id: made, or changed where the team has it."""

    external_id = serializers.CharField(validators=[LinkRule()])


class ClickCounts(serializers.Serializer[Any]):
    people = serializers.IntegerField()
    bots = serializers.IntegerField()
    total = serializers.IntegerField()


class LinkOut(serializers.Serializer[Any]):
    """A link as it is shown. `state` is the state at the time of the answer, `expired` and `scheduled` included."""

    id = serializers.CharField(source="public_id")
    short_url = serializers.SerializerMethodField()
    target = serializers.CharField()
    slug = serializers.CharField()
    domain = serializers.CharField(source="domain.name")
    team = serializers.CharField(source="team.slug")
    title = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField())
    notes = serializers.CharField()
    state = serializers.SerializerMethodField()
    not_before = serializers.DateTimeField(allow_null=True, default_timezone=UTC)
    expires_at = serializers.DateTimeField(allow_null=True, default_timezone=UTC)
    expired_target = serializers.CharField()
    redirect_status = serializers.IntegerField()
    max_age = serializers.IntegerField(allow_null=True)
    forward_query = serializers.BooleanField()
    forward_path = serializers.BooleanField()
    preview = serializers.BooleanField()
    is_indexed = serializers.BooleanField()
    max_visits = serializers.IntegerField(allow_null=True)
    is_open_without_counter = serializers.BooleanField()
    has_password = serializers.SerializerMethodField()
    rules = RulesField()
    external_id = serializers.CharField(allow_null=True)
    clicks = serializers.SerializerMethodField()
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField(default_timezone=UTC)
    updated_at = serializers.DateTimeField(default_timezone=UTC)

    def get_short_url(self, link: Link) -> str:
        return finding.short_url(link)

    def get_state(self, link: Link) -> str:
        return link.state_at(self.context["now"])

    def get_has_password(self, link: Link) -> bool:
        return bool(link.password_hash)

    @extend_schema_field(ClickCounts)
    def get_clicks(self, link: Link) -> Any:
        totals: dict[int, LinkTotal] = self.context.get("totals", {})
        return ClickCounts(totals.get(link.pk) or LinkTotal(link_id=link.pk)).data


class CountOut(serializers.Serializer[Any]):
    count = serializers.IntegerField()
