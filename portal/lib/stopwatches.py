"""How long each phase of a conversation over the network took, and which one it is in."""

import ssl
import time
from contextvars import ContextVar


class Stopwatch:
    """Phases in the order they were begun; one that is begun again goes on, as after a redirect.

    `tls` is the TLS session of the latest connection that had one.
    """

    def __init__(self) -> None:
        self._spent: dict[str, float] = {}
        self._since = time.perf_counter()
        self.phase = ""
        self.tls: ssl.SSLObject | None = None

    def begin(self, phase: str) -> None:
        """Ends the phase that runs and begins `phase`; a repeat changes nothing."""
        if phase != self.phase:
            self.stop()
            self.phase = phase
            self._spent.setdefault(phase, 0.0)
            self._since = time.perf_counter()

    def stop(self) -> None:
        """Ends the phase that runs; `phase` goes on naming it, so that a failure knows where it happened."""
        if self.phase:
            now = time.perf_counter()
            self._spent[self.phase] += now - self._since
            self._since = now

    def milliseconds(self) -> tuple[tuple[str, float], ...]:
        """Each phase reached with its time so far."""
        self.stop()
        return tuple((phase, round(seconds * 1000, 2)) for phase, seconds in self._spent.items())


current: ContextVar[Stopwatch | None] = ContextVar("stopwatch", default=None)


class TimedContext(ssl.SSLContext):
    """Tells the stopwatch of the running task when the handshake begins, and lends it the session."""

    def wrap_bio(  # type: ignore[no-untyped-def]  # the arguments are the base's own
        self, *args, **kwargs
    ) -> ssl.SSLObject:
        session = super().wrap_bio(*args, **kwargs)
        watch = current.get()
        if watch is not None:
            watch.begin("tls")
            watch.tls = session
        return session
