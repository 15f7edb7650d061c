"""Where machines send alerts: the key in the address is the permission."""

from http import HTTPStatus

from django.db import Error
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from oncall.domain.formats.words import BadSignals
from oncall.exceptions import KeyUnknown, NotSigned, SenderTooFast
from oncall.services import intake
from oncall.services.intake import Post
from portal.lib.api.problems import readable

JSON_BYTES = 512_000
GROUP_BYTES = 8_000_000
"""A group of thousands of alerts comes in one body, and its sender never sends again what was refused with 4xx."""
AWAY = "The alert could not be stored; send it again."


@csrf_exempt
def ingest_json(request: HttpRequest, key: str) -> JsonResponse:
    """Takes alerts as JSON. 202 only after the commit; 503, which senders repeat, when it could not be stored."""
    return _take(request, "json", key, JSON_BYTES)


@csrf_exempt
def ingest_alertmanager(request: HttpRequest, key: str) -> JsonResponse:
    """Takes a group of Alertmanager; it repeats nothing but 5xx, so that a limit is 503, too."""
    return _take(request, "alertmanager", key, GROUP_BYTES)


@csrf_exempt
def ingest_grafana(request: HttpRequest, key: str) -> JsonResponse:
    """Takes a group of Grafana, which posts or puts."""
    return _take(request, "grafana", key, GROUP_BYTES, methods=("POST", "PUT"))


def _take(
    request: HttpRequest, kind: str, key: str, most: int, *, methods: tuple[str, ...] = ("POST",)
) -> JsonResponse:
    if request.method not in methods:
        return _refused(HTTPStatus.METHOD_NOT_ALLOWED, f"Send alerts here by {methods[0]}.", allow=", ".join(methods))
    body = request.read(most + 1)
    large = f"The body is larger than {most // 1000} kB." if len(body) > most else ""
    try:
        if large:
            intake.refuse(key, large, now=timezone.now())
            return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, large)
        found = intake.receive(Post(kind, key, body, request.headers), now=timezone.now())
    except KeyUnknown as error:
        return _refused(HTTPStatus.NOT_FOUND, error.title)
    except NotSigned as error:
        return _refused(HTTPStatus.UNAUTHORIZED, error.title)
    except BadSignals as error:
        return _refused(HTTPStatus.BAD_REQUEST, "The event is not valid.", error.fields)
    except SenderTooFast as error:
        return _refused(HTTPStatus.SERVICE_UNAVAILABLE, error.detail, retry_after=str(error.retry_after))
    except Error:
        return _refused(HTTPStatus.SERVICE_UNAVAILABLE, AWAY, retry_after="1")
    names = [one.dedup_key for one in found]
    told = {"dedup_key": names[0]} if len(names) == 1 else {"dedup_keys": names}
    return JsonResponse({"status": "accepted"} | told, status=HTTPStatus.ACCEPTED)


def _refused(status: HTTPStatus, title: str, errors: dict[str, list[str]] | None = None, **more: str) -> JsonResponse:
    """A problem; `more` are headers with underscores for hyphens."""
    problem = {"type": "about:blank", "title": title, "status": status.value, "errors": readable(errors or {})}
    headers = {name.replace("_", "-").title(): value for name, value in more.items()}
    return JsonResponse(problem, status=status, content_type="application/problem+json", headers=headers)
