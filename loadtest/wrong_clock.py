"""A pager whose own clock is wrong: `python -m loadtest.wrong_clock SECONDS`."""

import os
import sys
import time
from datetime import UTC, datetime


def run(seconds: float) -> None:
    """Runs the pager with a clock that is wrong by so much; the database's stays as it is."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    right = time.time
    time.time = lambda: right() + seconds
    timezone.now = lambda: datetime.fromtimestamp(time.time(), UTC)
    call_command("pager")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    run(float(sys.argv[1]))
