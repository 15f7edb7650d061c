"""The gate of every API view: a known caller whose token has the view's scope."""

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from portal.accounts.selectors.requests import actor_of


class HasScope(BasePermission):
    """Denies by default: a view without `scope` and without `scope_exempt` lets nobody in.

    GET needs `<scope>:read`, the rest `<scope>:write`, or the view's `write_scope` where it names one; `create_scope`
    is enough for POST to the collection.
    """

    message = "The token does not have the scope that this needs."

    def has_permission(self, request: Request, view: Any) -> bool:
        actor = actor_of(request)
        if not actor.is_known:
            return False
        if getattr(view, "scope_exempt", False):
            return True
        return any(actor.has_scope(scope) for scope in needed_scopes(request.method or "GET", view))

    def has_object_permission(self, request: Request, view: Any, obj: Any) -> bool:
        return self.has_permission(request, view)


def needed_scopes(method: str, view: Any) -> list[str]:
    """The scopes of which one is enough; none at all for a view that names no scope."""
    scope = getattr(view, "scope", "")
    if not scope:
        return []
    if method in SAFE_METHODS:
        return [f"{scope}:read"]
    write_scope = getattr(view, "write_scope", "") or f"{scope}:write"
    create_scope = getattr(view, "create_scope", "")
    is_creation = method == "POST" and create_scope and getattr(view, "action", "create") == "create"
    return [write_scope, create_scope] if is_creation else [write_scope]
