"""HTTP and HTTPS: one request, redirects as told, and what the answer has to be like."""

import ssl
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from portal.lib import safe_http, tls_contexts
from portal.lib.safe_http import Response, Wire
from slo.clients import answers, credentials
from slo.clients.answers import Exchange
from slo.clients.kinds.base import Failure, Kind, Talk, attempt
from slo.domain.assertions import SUBJECTS
from slo.domain.option_values import Option, Shape
from slo.domain.probing import Answer, Outcome, Phase, ProbeSpec, judged

MAX_BYTES = 256_000
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TRUST = (
    Option(
        "verify",
        "Check the certificate",
        Shape.FLAG,
        default=True,
        help="Its chain and its host name. Without this anybody may answer.",
    ),
    Option(
        "authorities",
        "Own authorities",
        Shape.LONG,
        longest=20_000,
        help="Certificates in PEM form that are trusted in place of the usual ones.",
    ),
)
ASSERTIONS = Option(
    "assertions",
    "Assertions",
    Shape.ASSERTIONS,
    default=[],
    choices=tuple((key, subject.label) for key, subject in SUBJECTS.items()),
)


class HttpKind(Kind):
    """Sends one request through the safe client and judges the answer."""

    key = "http"
    label = "HTTP(S)"
    summary = "Sends a request and looks at status, headers, body, JSON, latency and certificate."
    target_label = "URL"
    target_hint = "https://example.com/health"
    methods = METHODS
    expects = frozenset({"method", "expected_status", "keyword"})
    secrets = credentials.NAMES
    options = (
        Option("headers", "Headers", Shape.HEADERS, default={}, longest=500, help="One on each line: Name: value."),
        Option("body", "Body", Shape.LONG, longest=10_000, help="Sent with the request, as it is."),
        Option(
            "redirects",
            "Redirects to follow",
            Shape.NUMBER,
            default=0,
            high=10,
            help="0 takes a redirect as the answer.",
        ),
        ASSERTIONS,
        *TRUST,
    )

    def check_target(self, url: str) -> None:
        """Refuses anything but an http or https URL with a host and without credentials."""
        check_url(url)

    def check_options(self, options: Mapping[str, Any]) -> dict[str, str]:
        """Refuses authorities that are no certificates."""
        return trust_problems(options)

    async def run(self, spec: ProbeSpec) -> Outcome:
        """Asks once and judges the answer."""
        return await attempt(spec, self._run)

    async def _run(self, talk: Talk) -> Outcome:
        spec = talk.spec
        response = await safe_http.arequest(
            spec.method,
            spec.url,
            headers=dict(talk.option(self, "headers")) | credentials.headers(talk.secrets),
            body=talk.option(self, "body").encode() or None,
            timeout=spec.timeout.total_seconds(),
            max_bytes=MAX_BYTES,
            max_redirects=talk.option(self, "redirects"),
            wire=wire_of(talk, authorities=talk.option(self, "authorities"), verify=talk.option(self, "verify")),
        )
        latency = timedelta(seconds=response.elapsed)
        outcome = judged(Answer(response.status, response.body, latency), spec)
        reason = outcome.reason or answers.broken(talk.option(self, "assertions"), exchange_of(response, talk))
        if reason:
            raise Failure(reason, Phase.ASSERTION, response.body, response.status, latency, response.headers)
        return outcome


def check_url(url: str) -> None:
    """ValueError tells in a sentence what is wrong with a URL."""
    try:
        safe_http.check_url(url)
    except safe_http.FetchError as error:
        raise ValueError(error.reason) from error


def trust_problems(options: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with the authorities that a probe trusts."""
    try:
        tls_contexts.context(authorities=options.get("authorities", ""))
    except ValueError as error:
        return {"authorities": str(error)}
    return {}


def context_of(talk: Talk, *, authorities: str, verify: bool) -> ssl.SSLContext:
    """The TLS context of a run, with the client's certificate where it has one."""
    return tls_contexts.context(
        verify=verify,
        authorities=authorities,
        certificate=talk.secrets.get("client_certificate", ""),
        key=talk.secrets.get("client_key", ""),
    )


def wire_of(talk: Talk, *, authorities: str, verify: bool) -> Wire:
    """How the requests of a run travel."""
    return Wire(
        family=talk.spec.ip_family,
        tls=context_of(talk, authorities=authorities, verify=verify),
        watch=talk.watch,
        secret_headers=frozenset(credentials.headers(talk.secrets)),
    )


def exchange_of(response: Response, talk: Talk) -> Exchange:
    """What assertions look at."""
    return Exchange(
        body=response.body,
        status=response.status,
        headers=response.headers,
        latency=timedelta(seconds=response.elapsed),
        redirects=response.redirects,
        tls=talk.watch.tls if response.url.startswith("https:") else None,
    )
