"""The change endpoint that PagerDuty's integrations speak: the key in the body is the permission."""

import json
from http import HTTPStatus
from typing import Any

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.lib.api.problems import readable
from slo.domain import change_events
from slo.domain.change_events import BadChange
from slo.exceptions import ReleaseOfAnotherVersion
from slo.services import changes

MAX_BYTES = 512_000


@csrf_exempt
@require_POST
def change_enqueue(request: HttpRequest) -> JsonResponse:
    """Takes one change event. 202 only after the commit; 503, which senders retry, when the database is away."""
    try:
        body = _body(request)
        key = change_events.routing_key_of(body)
        changes.take_change(routing_key=key, change=change_events.parse(body), now=timezone.now())
    except BadChange as error:
        return _refused(error.errors)
    except ReleaseOfAnotherVersion as error:
        return _refused([f"'external_id': {text}" for text in error.fields["external_id"]])
    except Error:
        away = {"status": "unavailable", "message": "The change could not be stored; send it again."}
        return JsonResponse(away, status=HTTPStatus.SERVICE_UNAVAILABLE)
    return JsonResponse({"status": "success", "message": "Change event processed"}, status=HTTPStatus.ACCEPTED)


def _body(request: HttpRequest) -> Any:
    if len(request.body) > MAX_BYTES:
        raise BadChange(["The body is larger than 512 kB"])
    try:
        return readable(json.loads(request.body))
    except (ValueError, RecursionError) as error:
        raise BadChange(["The body is not valid JSON"]) from error


def _refused(errors: list[str]) -> JsonResponse:
    body = {"status": "invalid event", "message": "Event object is invalid", "errors": errors}
    return JsonResponse(readable(body), status=HTTPStatus.BAD_REQUEST)
