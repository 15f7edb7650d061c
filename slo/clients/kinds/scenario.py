"""A scenario: HTTP requests one after the other, with values captured from one answer and used in later requests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import Any
from urllib.parse import urljoin, urlsplit

import aiohttp

from oncall.domain.redaction import storable
from portal.lib import safe_http
from portal.lib.safe_http import Response
from portal.lib.stopwatches import Stopwatch
from slo.clients import answers, credentials, syntax
from slo.clients.answers import Exchange
from slo.clients.kinds.base import Failure, Kind, Talk, attempt
from slo.clients.kinds.http import (
    ASSERTIONS,
    MAX_BYTES,
    METHODS,
    TRUST,
    check_url,
    exchange_of,
    trust_problems,
    wire_of,
)
from slo.domain import placeholders
from slo.domain.assertions import text_of
from slo.domain.option_values import Option, Shape
from slo.domain.options import value_of
from slo.domain.probing import Answer, Outcome, Phase, ProbeSpec, judged, too_slow

SHORTEST_HIDDEN = 8
STEP = (
    Option("name", "Name", Shape.TEXT, longest=60),
    Option("method", "Method", Shape.CHOICE, default="GET", choices=tuple((name, name) for name in METHODS)),
    Option("url", "Path or URL", Shape.TEXT, longest=1000, help="Taken from the address of the probe: /login."),
    Option("headers", "Headers", Shape.HEADERS, default={}, longest=500, help="One on each line: Name: value."),
    Option("body", "Body", Shape.LONG, longest=10_000),
    Option("expected_status", "Expected status", Shape.STATUS, default="200-299", longest=100),
    Option("redirects", "Redirects to follow", Shape.NUMBER, default=0, high=10),
    ASSERTIONS,
    Option(
        "captures",
        "Captured values",
        Shape.CAPTURES,
        default=[],
        help="One on each line: token = json $.token, or = header Location, or = body id=([0-9]+).",
    ),
)


class ScenarioKind(Kind):
    """Keeps cookies between steps and ends at the first step that fails."""

    key = "scenario"
    label = "HTTP scenario"
    summary = "Several requests in a row, such as a login: values of one answer are used in the next."
    target_label = "Address that steps begin at"
    target_hint = "https://example.com/"
    secrets = credentials.NAMES
    options = (Option("steps", "Steps", Shape.STEPS, default=[], is_required=True, fields=STEP), *TRUST)

    def check_target(self, url: str) -> None:
        """Refuses anything but an http or https URL."""
        check_url(url)

    def check_options(self, options: Mapping[str, Any]) -> dict[str, str]:
        """Refuses authorities that are no certificates, and placeholders that no earlier step has captured."""
        return trust_problems(options) | unknown_values(options.get("steps", []))

    async def run(self, spec: ProbeSpec) -> Outcome:
        """Takes all steps once, within one timeout."""
        return await attempt(spec, self._run)

    async def _run(self, talk: Talk) -> Outcome:
        walk = Walk(self, talk, aiohttp.CookieJar(unsafe=True))
        for number, step in enumerate(talk.option(self, "steps"), start=1):
            await walk.take(number, step)
        talk.where = ""
        latency = timedelta(milliseconds=sum(spent for _, spent in talk.steps))
        if reason := too_slow(latency, talk.spec):
            raise Failure(reason, Phase.ASSERTION, latency=latency)
        return Outcome(True, latency)


class Walk:
    """The way through the steps: what is kept from one to the next."""

    def __init__(self, kind: Kind, talk: Talk, cookies: aiohttp.CookieJar) -> None:
        self.kind, self.talk = kind, talk
        self.captured: dict[str, str] = {}
        self.cookies = cookies

    async def take(self, number: int, step: Mapping[str, Any]) -> None:
        """Sends the request of a step, judges the answer, and keeps what it captures; Failure ends the scenario."""
        name = part(step, "name") or f"step {number}"
        self.talk.where = f"Step {number} ({name}): " if part(step, "name") else f"Step {number}: "
        self.talk.watch = Stopwatch()
        started = perf_counter()
        try:
            response = await self._sent(step)
            self._judge(step, response)
        finally:
            self.talk.steps.append((name, round((perf_counter() - started) * 1000, 2)))

    async def _sent(self, step: Mapping[str, Any]) -> Response:
        talk = self.talk
        url = urljoin(talk.spec.url, self._filled(part(step, "url"), dict(self.captured)))
        is_home = origin(url) == origin(talk.spec.url)
        values = self.captured | (sealed_values(talk) if is_home else {})
        headers = {name: self._header(name, value, values) for name, value in part(step, "headers").items()}
        wire = wire_of(talk, authorities=talk.option(self.kind, "authorities"), verify=talk.option(self.kind, "verify"))
        return await safe_http.arequest(
            part(step, "method"),
            url,
            headers=headers | (credentials.headers(talk.secrets) if is_home else {}),
            body=self._filled(part(step, "body"), values).encode() or None,
            timeout=talk.spec.timeout.total_seconds(),
            max_bytes=MAX_BYTES,
            max_redirects=part(step, "redirects"),
            wire=replace(wire, cookies=self.cookies),
        )

    def _filled(self, text: str, values: Mapping[str, str]) -> str:
        try:
            return placeholders.filled(text, values)
        except placeholders.Unknown as error:
            raise Failure(str(error), Phase.SEND) from error

    def _header(self, name: str, text: str, values: Mapping[str, str]) -> str:
        value = self._filled(text, values)
        if not value.isprintable():
            raise Failure(f"A value in the header {name} cannot be sent.", Phase.SEND)
        return value

    def _judge(self, step: Mapping[str, Any], response: Response) -> None:
        latency = timedelta(seconds=response.elapsed)
        spec = replace(self.talk.spec, expected_status=part(step, "expected_status"), keyword="", latency_limit=None)
        exchange = exchange_of(response, self.talk)
        reason = judged(Answer(response.status, response.body, latency), spec).reason
        reason = reason or answers.broken(part(step, "assertions"), exchange) or self._capture(step, exchange)
        if reason:
            raise Failure(reason, Phase.ASSERTION, response.body, response.status, latency, response.headers)

    def _capture(self, step: Mapping[str, Any], exchange: Exchange) -> str:
        for capture in part(step, "captures"):
            found = captured(capture, exchange)
            value = None if found is None else storable(found)
            if value is None:
                return f"There is nothing to capture as '{capture['name']}'."
            self.captured[capture["name"]] = value
            if len(value) >= SHORTEST_HIDDEN:
                self.talk.hidden.append(value)
        return ""


def part(step: Mapping[str, Any], key: str) -> Any:
    """A part of a step, or its default."""
    return value_of(STEP, step, key)


def sealed_values(talk: Talk) -> dict[str, str]:
    """The credentials under the names by which a step may use them."""
    return {f"{placeholders.CREDENTIALS}{name}": value for name, value in talk.secrets.items()}


def origin(url: str) -> tuple[str, str]:
    """Scheme and host of a URL: only the origin of the probe is told its credentials."""
    parts = urlsplit(url)
    return parts.scheme.lower(), parts.netloc.lower()


def captured(capture: Mapping[str, str], exchange: Exchange) -> str | None:
    """The first value that a capture finds, None when there is none."""
    path = capture["path"]
    match capture["from"]:
        case "json":
            values = syntax.json_values(path, exchange.body)
            return text_of(values[0]) if values else None
        case "header":
            return next((value for name, value in exchange.headers.items() if name.lower() == path.lower()), None)
        case _:
            return syntax.captured(path, exchange.body.decode("utf-8", errors="replace"))


def unknown_values(steps: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """The places where a step uses what no earlier step has captured, by path."""
    known = {f"{placeholders.CREDENTIALS}{name}" for name in credentials.NAMES}
    errors = {}
    for number, step in enumerate(steps):
        texts = {"url": part(step, "url"), "body": part(step, "body")}
        texts |= {f"headers.{name}": value for name, value in part(step, "headers").items()}
        for place, text in texts.items():
            allowed = known if place != "url" else {name for name in known if "." not in name}
            for name in set(placeholders.names(text)) - allowed:
                errors[f"steps.{number}.{place}"] = f"No earlier step captures '{name}'."
        known |= {capture.get("name", "") for capture in part(step, "captures")}
    return errors
