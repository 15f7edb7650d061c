"""HTTP and HTTPS: status, a keyword in the body, and latency."""

from datetime import timedelta

from portal.lib import safe_http
from slo.domain.probing import Answer, Outcome, Phase, ProbeSpec, judged

MAX_BYTES = 256_000
REDIRECTS = 0
PHASES = {"dns": Phase.RESOLVE, "response": Phase.WAIT}


class HttpKind:
    """Sends one request through the safe client; redirects are answers like any other."""

    key = "http"
    label = "HTTP(S)"
    methods = ("GET", "HEAD", "POST", "OPTIONS")

    def check_target(self, url: str) -> None:
        """Refuses anything but an http or https URL with a host and without credentials."""
        try:
            safe_http.check_url(url)
        except safe_http.FetchError as error:
            raise ValueError(error.reason) from error

    async def run(self, spec: ProbeSpec) -> Outcome:
        """Asks once and judges the answer; a request that got none fails in the client's phase."""
        seconds = spec.timeout.total_seconds()
        try:
            response = await safe_http.arequest(
                spec.method, spec.url, timeout=seconds, max_bytes=MAX_BYTES, max_redirects=REDIRECTS
            )
        except safe_http.FetchError as error:
            phase = PHASES.get(error.phase) or Phase(error.phase)
            waited = spec.timeout if phase == Phase.WAIT else timedelta(0)
            return Outcome(ok=False, latency=waited, phase=phase, reason=error.reason)
        return judged(Answer(response.status, response.body, timedelta(seconds=response.elapsed)), spec)
