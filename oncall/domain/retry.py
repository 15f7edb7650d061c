"""When a page that failed for the moment is tried again."""

from datetime import timedelta

DELAYS = (timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60))
LEASE = timedelta(seconds=45)


def delay(attempts: int) -> timedelta | None:
    """The wait after the `attempts`-th failure; None when the rule has had its chances."""
    return DELAYS[attempts - 1] if 1 <= attempts <= len(DELAYS) else None
