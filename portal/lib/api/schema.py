"""How drf-spectacular reads our views: problems for errors, tags by resource, names without accidents."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent

PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "suggestion": {"type": "string", "description": "What would have been free."},
        "retry_after": {"type": "integer", "description": "Seconds, as in the header of this name."},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
}
COMMON = {
    "400": "The body or the address cannot be read.",
    "401": "No valid token or session.",
    "403": "The token's scope or your role does not allow this.",
    "404": "Nothing here, or you may not see it; this goes for what the body names as well.",
    "422": "Some fields are not valid; `errors` names each of them.",
    "429": "Too many requests; see Retry-After.",
}
IN_CONFLICT = {"409": "This is in conflict with what is stored."}
GONE = {"410": "It was here and was deleted."}
OF_METHOD = {
    "POST": {**IN_CONFLICT, "413": "The body is too large.", "415": "The body is not JSON."},
    "PATCH": {
        **IN_CONFLICT,
        "412": "Somebody else changed this; load it again.",
        "413": "The body is too large.",
        "415": "The body is not JSON.",
    },
    "DELETE": {**IN_CONFLICT, "412": "Somebody else changed this; load it again."},
}


class PortalSchema(AutoSchema):
    """Adds the problem document of every operation and the Idempotency-Key of every POST."""

    def get_tags(self) -> list[str]:
        return [self.path.removeprefix("/api/v1/").split("/")[0]]

    def get_operation(self, *args: Any, **kwargs: Any) -> Any:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        problem = {"application/problem+json": {"schema": self._problem()}}
        gone = GONE if getattr(self.view, "has_tombstones", False) and "{id}" in self.path else {}
        for status, text in {**COMMON, **gone, **OF_METHOD.get(self.method, {})}.items():
            operation["responses"].setdefault(status, {"description": text, "content": problem})
        if self.method == "POST":
            operation.setdefault("parameters", []).append(
                {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string", "maxLength": 255}}
            )
        return operation

    def _problem(self) -> Any:
        """A reference to the one description of problem documents."""
        kind: Any = ResolvedComponent
        component = kind(name="Problem", type=kind.SCHEMA, schema=PROBLEM, object=PROBLEM)
        self.registry.register_on_missing(component)
        return component.ref
