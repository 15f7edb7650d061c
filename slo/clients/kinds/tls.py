"""TLS: the handshake, the chain and the host name, the version, and how long the certificate is good for."""

import ssl
from datetime import UTC, datetime, timedelta
from time import perf_counter
from typing import Any

from slo.clients import answers
from slo.clients.kinds.base import Failure, Kind, Talk, attempt
from slo.clients.kinds.http import TRUST, trust_problems
from slo.clients.kinds.tcp import CERTIFICATES, opened
from slo.domain.assertions import number
from slo.domain.option_values import Option, Shape
from slo.domain.probing import Outcome, Phase, ProbeSpec, too_slow
from slo.domain.targets import host_and_port


class TlsKind(Kind):
    """Shakes hands and looks at the certificate."""

    key = "tls"
    label = "TLS"
    summary = "Shakes hands and looks at the chain, the host name, the version and the days left."
    target_label = "Host and port"
    target_hint = "example.com:443"
    secrets = CERTIFICATES
    options = (
        Option(
            "days_left",
            "Days left, at least",
            Shape.NUMBER,
            default=14,
            high=3650,
            help="Of the certificate that the server shows; 0 asks for one that has not ended.",
        ),
        Option(
            "tls_minimum",
            "TLS version, at least",
            Shape.CHOICE,
            default="1.2",
            choices=(("1.2", "1.2"), ("1.3", "1.3")),
        ),
        Option("server_name", "Server name", Shape.TEXT, help="Asked for and checked in place of the host."),
        *TRUST,
    )

    def check_target(self, url: str) -> None:
        """Refuses anything but a host with a port."""
        host_and_port(url)

    def check_options(self, options: Any) -> dict[str, str]:
        """Refuses authorities that are no certificates."""
        return trust_problems(options)

    async def run(self, spec: ProbeSpec) -> Outcome:
        """Shakes hands once and judges the session."""
        return await attempt(spec, self._run)

    async def _run(self, talk: Talk) -> Outcome:
        started = perf_counter()
        _, writer = await opened(talk, self)
        latency = timedelta(seconds=perf_counter() - started)
        try:
            session: ssl.SSLObject = writer.get_extra_info("ssl_object")
            reason = self._broken(talk, session) or too_slow(latency, talk.spec)
        finally:
            writer.close()
        if reason:
            raise Failure(reason, Phase.ASSERTION, latency=latency)
        return Outcome(True, latency)

    def _broken(self, talk: Talk, session: ssl.SSLObject) -> str:
        version, wanted = answers.tls_version(session), talk.option(self, "tls_minimum")
        if (number(version) or 0) < (number(wanted) or 0):
            return f"The TLS version is {version}, expected was at least {wanted}."
        left, days = answers.days_left(session, datetime.now(UTC)), talk.option(self, "days_left")
        if left is None or left < days:
            return f"The certificate ends in {left} days, expected were at least {days}."
        return ""
