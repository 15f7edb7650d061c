"""Idempotency-Key on POST: the first answer is stored for 24 hours and given again to a repeat of the same request."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from portal.lib.api.problems import CONTENT_TYPE
from portal.lib.errors import Conflict, Invalid
from portal.lib.models import IdempotencyRecord

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
ABANDONED = timedelta(minutes=5)
CLIENT_ERROR, SERVER_ERROR = 400, 500


class KeyReused(Invalid):
    code = "idempotency-key-reused"
    title = "This Idempotency-Key was used for another request."


class InFlight(Conflict):
    code = "idempotency-in-flight"
    title = "The first request with this Idempotency-Key is still being answered."


def key_of(request: Request) -> str | None:
    """The key of a POST, None without one; an overlong or empty key is a 422."""
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None:
        return None
    if not 1 <= len(key) <= 255 or not key.isprintable():
        raise Invalid(fields={HEADER: ["Give 1 to 255 printable characters."]})
    return key


def request_hash(request: Request) -> str:
    """A digest of what was asked: path and body."""
    body = json.dumps(request.data, sort_keys=True, default=str)
    return hashlib.sha256(f"{request.get_full_path()}\n{body}".encode()).hexdigest()


def begin(*, caller: str, key: str, digest: str, now: datetime) -> Response | None:
    """Claims `key` for this request, or returns the stored answer of its first use.

    Raises KeyReused for another request under the same key and InFlight while the first one runs. A claim that
    nobody finished within five minutes (its process died) may be taken over.
    """
    IdempotencyRecord.objects.filter(caller=caller, key=key, created_at__lt=now - KEPT).delete()
    IdempotencyRecord.objects.filter(caller=caller, key=key, status=0, created_at__lt=now - ABANDONED).delete()
    try:
        with transaction.atomic():
            IdempotencyRecord.objects.create(caller=caller, key=key, request_hash=digest, created_at=now)
    except IntegrityError:
        return _stored(IdempotencyRecord.objects.get(caller=caller, key=key), digest)
    return None


def finish(*, caller: str, key: str, response: Response) -> None:
    """Stores the answer; a server error frees the key so that the request can be tried again."""
    record = IdempotencyRecord.objects.filter(caller=caller, key=key)
    if response.status_code >= SERVER_ERROR:
        record.delete()
        return
    record.update(status=response.status_code, body=_plain(response.data), etag=response.headers.get("ETag", ""))


def forget(*, caller: str, key: str) -> None:
    """Frees a key whose request ended in an exception."""
    IdempotencyRecord.objects.filter(caller=caller, key=key, status=0).delete()


def forget_before(now: datetime) -> int:
    """Deletes the answers older than 24 hours and says how many they were."""
    return IdempotencyRecord.objects.filter(created_at__lt=now - KEPT).delete()[0]


def _stored(record: IdempotencyRecord, digest: str) -> Response:
    if record.request_hash != digest:
        raise KeyReused(fields={HEADER: [KeyReused.title]})
    if not record.status:
        raise InFlight
    content_type = CONTENT_TYPE if record.status >= CLIENT_ERROR else None
    headers = {"Idempotent-Replay": "true", **({"ETag": record.etag} if record.etag else {})}
    return Response(record.body, status=record.status, headers=headers, content_type=content_type)


def _plain(data: Any) -> Any:
    return json.loads(JSONRenderer().render(data)) if data is not None else None
