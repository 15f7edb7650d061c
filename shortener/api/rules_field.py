"""The JSON of redirect rules, and its shape for the OpenAPI document."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from shortener.domain import rules
from shortener.domain.conditions import CONDITIONS, DEVICES

WEIGHTED = {
    "type": "object",
    "required": ["target", "weight"],
    "properties": {
        "target": {"type": "string"},
        "weight": {"type": "integer", "minimum": 1, "maximum": rules.LARGEST_WEIGHT},
    },
}
CONDITION = {
    "type": "object",
    "required": ["type"],
    "description": (
        f"`values` for device ({', '.join(DEVICES)}), os, browser, language, country and address; `name` and `value` "
        "(null: any) for query; `from` and `until` for dates. Several conditions of a rule must all hold."
    ),
    "properties": {
        "type": {"type": "string", "enum": list(CONDITIONS)},
        "values": {"type": "array", "items": {"type": "string"}},
        "name": {"type": "string"},
        "value": {"type": ["string", "null"]},
        "from": {"type": ["string", "null"], "format": "date-time"},
        "until": {"type": ["string", "null"], "format": "date-time"},
    },
}
RULE = {
    "type": "object",
    "description": "Either a target or two and more variants. A rule without an id gets the next free one.",
    "properties": {
        "id": {"type": "integer", "minimum": 1, "maximum": rules.LARGEST_ID},
        "name": {"type": "string", "maxLength": rules.LONGEST_NAME},
        "conditions": {"type": "array", "items": CONDITION, "maxItems": rules.MOST_CONDITIONS},
        "target": {"type": "string"},
        "variants": {"type": "array", "items": WEIGHTED, "minItems": 2, "maxItems": rules.MOST_VARIANTS},
    },
}


@extend_schema_field({"type": "array", "items": RULE, "maxItems": rules.MOST_RULES})
class RulesField(serializers.JSONField):
    """An ordered list of rules; what may stand in it is decided by the services."""

    def to_representation(self, value: Any) -> Any:
        return value
