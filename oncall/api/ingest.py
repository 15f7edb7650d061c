"""Where machines send alerts: the key in the address is the permission."""

import json
from http import HTTPStatus
from typing import Any

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from oncall.domain import json_events
from oncall.exceptions import KeyUnknown
from oncall.services import ingest

MAX_BYTES = 512_000


@csrf_exempt
@require_POST
def ingest_json(request: HttpRequest, key: str) -> JsonResponse:
    """Takes one alert as JSON. 202 only after the commit; 503, which senders retry, when the database is away."""
    try:
        integration = ingest.integration_of(key)
        event = json_events.parse(_body(request))
        alert = ingest.take_event(integration=integration, event=event, now=timezone.now())
    except KeyUnknown as error:
        return _refused(HTTPStatus.NOT_FOUND, error.title, {})
    except json_events.BadEvent as error:
        return _refused(HTTPStatus.BAD_REQUEST, "The event is not valid.", error.fields)
    except Error:
        return _refused(HTTPStatus.SERVICE_UNAVAILABLE, "The alert could not be stored; send it again.", {})
    found = {"id": alert.public_id, "status": alert.status} if alert else {"id": None, "status": "nothing open"}
    return JsonResponse(found | {"dedup_key": event.dedup_key}, status=HTTPStatus.ACCEPTED)


def _body(request: HttpRequest) -> Any:
    if len(request.body) > MAX_BYTES:
        raise json_events.BadEvent({"non_field_errors": ["The body is larger than 512 kB."]})
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise json_events.BadEvent({"non_field_errors": [f"This is not JSON: {error}"]}) from error


def _refused(status: HTTPStatus, title: str, errors: dict[str, list[str]]) -> JsonResponse:
    problem = {"type": "about:blank", "title": title, "status": status.value, "errors": errors}
    return JsonResponse(problem, status=status, content_type="application/problem+json")
