"""The address that PagerDuty's clients speak to: the key in the body is the permission."""

import json
from http import HTTPStatus
from typing import Any

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from oncall.domain.formats.pagerduty_events import BadEvent
from oncall.exceptions import KeyUnknown, SenderTooFast
from oncall.services import intake
from portal.lib.api.problems import readable

MOST_BYTES = 512 * 1024
INVALID = {"status": "invalid event", "message": "Event object is invalid"}


@csrf_exempt
def event_enqueue(request: HttpRequest) -> JsonResponse:
    """Takes one event. 202 only after the commit; clients repeat 429 and 5xx."""
    if request.method != "POST":
        told = {"status": "method not allowed", "message": "Send events here by POST."}
        return _answer(told, HTTPStatus.METHOD_NOT_ALLOWED, allow="POST")
    body = request.read(MOST_BYTES + 1)
    try:
        signal = intake.receive_event(_event(body), body=body, now=timezone.now())
    except (BadEvent, KeyUnknown) as error:
        errors = error.errors if isinstance(error, BadEvent) else ["'routing_key' is unknown or was revoked"]
        return _answer(INVALID | {"errors": readable(errors)}, HTTPStatus.BAD_REQUEST)
    except SenderTooFast as error:
        told = {"status": "throttle exceeded", "message": "Requests for this key are arriving too quickly."}
        return _answer(told, HTTPStatus.TOO_MANY_REQUESTS, retry_after=str(error.retry_after))
    except Error:
        told = {"status": "unavailable", "message": "The event could not be stored; send it again."}
        return _answer(told, HTTPStatus.SERVICE_UNAVAILABLE, retry_after="1")
    told = {"status": "success", "message": "Event processed", "dedup_key": signal.dedup_key}
    return _answer(told, HTTPStatus.ACCEPTED)


def _event(body: bytes) -> Any:
    if len(body) > MOST_BYTES:
        raise BadEvent(["The event is larger than 512 KB"])
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadEvent(["The event is not valid JSON"]) from error


def _answer(told: dict[str, Any], status: HTTPStatus, **more: str) -> JsonResponse:
    """An answer; `more` are headers with underscores for hyphens."""
    headers = {name.replace("_", "-").title(): value for name, value in more.items()}
    return JsonResponse(told, status=status, headers=headers)
