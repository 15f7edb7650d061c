"""The base of every API resource: tokens and scopes, problems, cursor pages, idempotency and ETags."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from portal.lib.api import etags, idempotency

SERVER_ERROR = 500


class Claim(NamedTuple):
    """A key that this request holds, as `idempotency` names its parts."""

    caller: str
    key: str
    digest: str
    now: datetime


class ApiViewSet(viewsets.GenericViewSet[Any]):
    """A resource of /api/v1/.

    `scope` names the pair `<scope>:read` and `<scope>:write`; `write_scope` takes the second one's place;
    `create_scope` is one more that allows POST to the collection; `scope_exempt` lets any token in. Every POST
    honours Idempotency-Key.
    """

    scope: str = ""
    write_scope: str = ""
    create_scope: str = ""
    scope_exempt = False
    claim: Claim | None = None
    lookup_field = "public_id"
    lookup_url_kwarg = "id"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Answers; a POST with an Idempotency-Key is one transaction, its stored answer included."""
        if request.method != "POST" or idempotency.HEADER not in request.headers:
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            response = super().dispatch(request, *args, **kwargs)
            if response.status_code >= SERVER_ERROR:
                transaction.set_rollback(True)
            return response

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Runs DRF's checks, then replays the stored answer of a repeated POST."""
        super().initial(request, *args, **kwargs)
        key = idempotency.key_of(request)
        if key is None:
            return
        claim = Claim(caller_of(request), key, idempotency.request_hash(request), timezone.now())
        stored = idempotency.begin(**claim._asdict())
        if stored is not None:
            raise Replay(stored)
        self.claim = claim

    def handle_exception(self, exc: Exception) -> Response:
        """Answers a known refusal; a defect goes on up."""
        return exc.response if isinstance(exc, Replay) else super().handle_exception(exc)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        final = super().finalize_response(request, response, *args, **kwargs)
        if self.claim is not None:
            idempotency.finish(**self.claim._asdict(), response=final)
        return final

    def etag_of(self, instance: Model) -> str:
        """The tag of one object, from its `version`."""
        return etags.etag(version_of(instance))

    def one(self, instance: Model, data: Any, status: int = 200) -> Response:
        """The answer that shows one object, with its ETag."""
        return Response(data, status=status, headers={"ETag": self.etag_of(instance)})


def caller_of(request: Any) -> str:
    """A stable name of whoever asks, from the actor that authentication found."""
    return str(request.actor.key)


def version_of(instance: Model) -> int:
    """The version column of a row that has one."""
    return int(vars(instance)["version"])


class Replay(Exception):
    """Carries the stored answer out of `initial`."""

    def __init__(self, response: Response) -> None:
        super().__init__("replay")
        self.response = response
