"""What the channels over HTTP share: one POST through the safe client, and what an answer means for the page.

2xx took it over. 408, 425, 429 and 5xx may be tried again, as may whatever broke on the way; the rest is refused for
good.
"""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from oncall.domain import retry
from oncall.exceptions import DeliveryError
from portal.lib import safe_http

MAX_BYTES = 100_000
SHOWN = 200
TRY_AGAIN = (408, 425, 429)


def post(url: str, body: bytes, *, headers: Mapping[str, str], method: str = "POST") -> safe_http.Response:
    """What the provider answered, whatever it is; DeliveryError when nothing came back."""
    try:
        return safe_http.request(
            method, url, headers=headers, body=body, timeout=settings.PORTAL_CHANNEL_TIMEOUT, max_bytes=MAX_BYTES
        )
    except safe_http.FetchError as error:
        raise DeliveryError(_without_secrets(error.reason, url), permanent=error.permanent) from error


def post_json(url: str, said: Mapping[str, Any], *, headers: Mapping[str, str] | None = None) -> safe_http.Response:
    """POSTs `said` as JSON."""
    body = json.dumps(said, separators=(",", ":")).encode()
    return post(url, body, headers={"Content-Type": "application/json", **(headers or {})})


def basic(user: str, password: str) -> str:
    """The value of an Authorization header."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def answer_of(response: safe_http.Response) -> dict[str, Any]:
    """The JSON object of an answer; empty where it is none."""
    try:
        said = json.loads(response.body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def text_of(response: safe_http.Response) -> str:
    """The answer on one line."""
    return " ".join(response.body.decode(errors="replace").split())[:SHOWN]


def is_taken(response: safe_http.Response) -> bool:
    """Whether the status says that the page was taken over."""
    return 200 <= response.status < 300


def is_final(status: int) -> bool:
    """Whether a repeat cannot help."""
    return status < 500 and status not in TRY_AGAIN


def refusal(response: safe_http.Response, reason: str = "", *, permanent: bool | None = None) -> DeliveryError:
    """The error that an answer stands for; one that says 2xx and means no counts as temporary unless told otherwise.

    How long the provider wants to be left alone goes along.
    """
    final = is_final(response.status) and not is_taken(response) if permanent is None else permanent
    wait = None if final else retry.wanted(response.headers, answer_of(response), now=datetime.now(UTC))
    told = f"HTTP {response.status} {reason or text_of(response)}".strip()
    return DeliveryError(told, permanent=final, retry_after=wait)


def needed(name: str, value: str) -> str:
    """A setting that a channel cannot do without."""
    if not value:
        raise DeliveryError(f"{name} is not set on this portal.", permanent=True)
    return value


def url_problem(address: str, hosts: tuple[str, ...] = (), example: str = "") -> str:
    """Why `address` is no URL that can be posted to, or not one of `hosts`; empty when it is."""
    try:
        target = safe_http.check_url(address)
    except safe_http.FetchError as error:
        return f"{error.reason} It looks like {example}." if example else error.reason
    if hosts and not any(target.host == host or target.host.endswith(f".{host}") for host in hosts):
        return f"The address must be at {hosts[0]}: it looks like {example}."
    if hosts and urlsplit(address).scheme != "https":
        return "The address must begin with https."
    return ""


def _without_secrets(reason: str, url: str) -> str:
    """Addresses of channels are keys: none of them may stand in a log."""
    return reason.replace(url, "the address")
