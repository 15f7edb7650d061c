"""Idempotency-Key on POST: the first answer is stored for 24 hours and given again to a repeat of the same request.

The answer is stored in the transaction of the write that it tells of, under a lock that ends with this transaction. A
process that dies in between leaves neither of them, so a repeat never writes twice and never has to wait for the dead.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from portal.lib.api.problems import CONTENT_TYPE, readable
from portal.lib.errors import Conflict, Invalid
from portal.lib.models import IdempotencyRecord

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
CLIENT_ERROR = 400


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
    """A digest of what was asked: path and body, files by what is in them."""
    body = json.dumps(request.data, sort_keys=True, default=_told)
    return hashlib.sha256(f"{request.get_full_path()}\n{body}".encode()).hexdigest()


def _told(value: Any) -> str:
    if not isinstance(value, UploadedFile):
        return str(value)
    digest = hashlib.sha256()
    for chunk in value.chunks():
        digest.update(chunk)
    value.seek(0)
    return digest.hexdigest()


def begin(*, caller: str, key: str, digest: str, now: datetime) -> Response | None:
    """Holds `key` until the caller's transaction ends, or returns the stored answer of its first use.

    Raises KeyReused for another request under the same key, and InFlight while another transaction holds it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_lock_number(caller, key)])
        if cursor.fetchone() != (True,):
            raise InFlight
    found = IdempotencyRecord.objects.filter(caller=caller, key=key).first()
    if found is None:
        return None
    if found.status and found.created_at >= now - KEPT:
        return _stored(found, digest)
    found.delete()
    return None


def finish(*, caller: str, key: str, digest: str, response: Response, now: datetime) -> None:
    """Stores the answer, in the transaction that holds the key."""
    IdempotencyRecord.objects.create(
        caller=caller,
        key=key,
        request_hash=digest,
        status=response.status_code,
        body=_plain(response.data),
        etag=response.headers.get("ETag", ""),
        created_at=now,
    )


def forget_before(now: datetime) -> int:
    """Deletes the answers older than 24 hours and says how many they were."""
    return IdempotencyRecord.objects.filter(created_at__lt=now - KEPT).delete()[0]


def _stored(record: IdempotencyRecord, digest: str) -> Response:
    if record.request_hash != digest:
        raise KeyReused(fields={HEADER: [KeyReused.title]})
    content_type = CONTENT_TYPE if record.status >= CLIENT_ERROR else None
    headers = {"Idempotent-Replay": "true", **({"ETag": record.etag} if record.etag else {})}
    return Response(record.body, status=record.status, headers=headers, content_type=content_type)


def _lock_number(caller: str, key: str) -> int:
    digest = hashlib.sha256(f"{caller}\n{key}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def _plain(data: Any) -> Any:
    return readable(json.loads(JSONRenderer().render(data))) if data is not None else None
