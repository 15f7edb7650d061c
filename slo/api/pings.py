"""Where jobs report: the key in the address is the permission."""

from uuid import UUID

from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.lib.errors import TooManyRequests
from slo.domain.heartbeats import Signal, signal_of
from slo.exceptions import HeartbeatNotFound
from slo.services import pings
from slo.services.pings import Ping

SIGNALS = {"": Signal.SUCCESS, "start": Signal.START, "fail": Signal.FAIL}
LONGEST_KEY = 64
LARGEST_CODE = 255


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ingest_heartbeat(request: HttpRequest, key: str, action: str = "") -> HttpResponse:
    """Takes one ping. 200 only after the commit; 503, which senders repeat, when the database is away."""
    try:
        ping = _ping(request, action)
        if ping is None or len(key) > LONGEST_KEY:
            return _text("not found", 404)
        pings.take_ping(key=key, ping=ping, now=timezone.now())
    except HeartbeatNotFound:
        return _text("not found", 404)
    except ValueError:
        return _text("rid must be a UUID", 400)
    except TooManyRequests as error:
        return _text("too many pings", 429, {"Retry-After": str(error.retry_after)})
    except Error:
        return _text("not stored, send it again", 503, {"Retry-After": "5"})
    return _text("ok", 200)


def _ping(request: HttpRequest, action: str) -> Ping | None:
    """What the request says; None when its address says nothing. ValueError for a run id that is none."""
    code = int(action) if action.isdecimal() and action.isascii() and len(action) <= len(str(LARGEST_CODE)) else None
    if action not in SIGNALS and (code is None or code > LARGEST_CODE):
        return None
    rid = request.GET.get("rid", "")
    return Ping(
        signal=SIGNALS[action] if code is None else signal_of(code),
        rid=UUID(rid) if rid else None,
        exit_code=code,
        body=_body(request),
    )


def _body(request: HttpRequest) -> str:
    """The beginning of what the job wrote."""
    if request.method != "POST":
        return ""
    return request.read(pings.SAMPLE).decode("utf-8", errors="replace").replace("\0", "\N{REPLACEMENT CHARACTER}")


def _text(text: str, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    return HttpResponse(text + "\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)
