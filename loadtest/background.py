"""What a portal does beside its redirects, over and over: `python -m loadtest.background drain|probes|report`."""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

PAUSE = 0.2


def drain() -> None:
    """Count what the edges shipped."""
    from shortener.services import clicks

    clicks.drain_all(now=datetime.now(UTC))


def probes() -> None:
    """Claim the probes that are due, make them, and store their results."""
    from slo.services import probing

    probing.run_due(clock=lambda: datetime.now(UTC))


def report() -> None:
    """The analytics of the team's links over a year."""
    from portal.accounts.models import Team
    from shortener.selectors import ranges, reports, subjects

    subject = subjects.of_team(Team.objects.get(slug="bench"))
    reports.report(subject, ranges.preset("1y", now=datetime.now(UTC)))


WORK: dict[str, Callable[[], None]] = {work.__name__: work for work in (drain, probes, report)}


def main(name: str) -> None:
    """Do one kind of work until told to end."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    while True:
        WORK[name]()
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(sys.argv[1])
