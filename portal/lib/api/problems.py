"""RFC 9457 problem details: every error of the API has a stable type, all field errors and the request id."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.core.exceptions import RequestDataTooBig
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from portal.lib.errors import DomainError, NotFound, PermissionDenied, TooLarge, TooManyRequests
from portal.lib.requests import request_id_of

CONTENT_TYPE = "application/problem+json"
TYPE_ROOT = "urn:sre-portal:problem:"
UNREADABLE = re.compile("[\0\ud800-\udfff]")
PLAIN_TITLES = {405: "This method is not allowed here.", 415: "This media type is not supported."}


def exception_handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """DRF's hook: a Response for what is known, None (a 500) for what is not."""
    known = _known(error)
    if known is None:
        return None
    headers = _headers(error) if isinstance(error, exceptions.APIException) else {}
    if isinstance(error, TooManyRequests):
        headers["Retry-After"] = str(error.retry_after)
    set_rollback()
    status, code, title, detail, fields = known
    body: dict[str, Any] = readable(problem(status=status, code=code, title=title, detail=detail, fields=fields))
    if isinstance(error, DomainError):
        body |= readable(error.extensions)
    body["request_id"] = request_id_of(context["request"])
    return Response(body, status=status, headers=headers, content_type=CONTENT_TYPE)


def _known(error: Exception) -> tuple[int, str, str, str, Mapping[str, list[str]]] | None:
    """Status, code, title, detail and field errors of what is known."""
    match error:
        case DomainError():
            return error.status, error.code, error.title, error.detail, error.fields
        case Http404():
            return 404, NotFound.code, NotFound.title, NotFound.title, {}
        case DjangoPermissionDenied():
            return 403, PermissionDenied.code, PermissionDenied.title, PermissionDenied.title, {}
        case RequestDataTooBig():
            return TooLarge.status, TooLarge.code, TooLarge.title, TooLarge.title, {}
        case exceptions.ValidationError():
            title = "Some fields are not valid."
            return 422, "invalid", title, title, field_errors(error.detail)
        case exceptions.APIException():
            code = str(error.default_code).replace("_", "-")
            return error.status_code, code, _title(error), str(error.detail), {}
    return None


def problem(*, status: int, code: str, title: str, detail: str, fields: Mapping[str, list[str]]) -> dict[str, Any]:
    """The members of a problem document; `errors` lists each field's messages and is left out when there are none."""
    body: dict[str, Any] = {"type": TYPE_ROOT + code, "title": title, "status": status, "detail": detail}
    if fields:
        body["errors"] = dict(fields)
    return body


def readable(data: Any) -> Any:
    """`data` with U+FFFD for NUL and lone surrogates, which neither UTF-8 nor the database can hold.

    Messages and names of fields repeat what a caller sent.
    """
    if isinstance(data, Mapping):
        return {readable(name): readable(value) for name, value in data.items()}
    if isinstance(data, list):
        return [readable(item) for item in data]
    return UNREADABLE.sub("\ufffd", data) if isinstance(data, str) else data


def field_errors(detail: Any, path: str = "") -> dict[str, list[str]]:
    """DRF's nested error detail as flat `field.subfield` names with all their messages."""
    if isinstance(detail, Mapping):
        flat: dict[str, list[str]] = {}
        for name, inner in detail.items():
            flat |= field_errors(inner, _joined(path, str(name)))
        return flat
    if isinstance(detail, list) and any(isinstance(item, Mapping | list) for item in detail):
        flat = {}
        for index, inner in enumerate(detail):
            flat |= field_errors(inner, _joined(path, str(index))) if inner else {}
        return flat
    messages = detail if isinstance(detail, list) else [detail]
    return {path or "non_field_errors": [str(message) for message in messages]}


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _title(error: exceptions.APIException) -> str:
    """The title that all errors of this kind share; a default with a placeholder is cut to its plain words."""
    default = str(error.default_detail)
    return PLAIN_TITLES.get(error.status_code, default) if "{" in default else default


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers = {}
    if (wait := getattr(error, "wait", None)) is not None:
        headers["Retry-After"] = str(int(-(-wait // 1)))
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    return headers
