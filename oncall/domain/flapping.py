"""Alerts that come and go: held back until they are calm, once somebody has been paged for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

CHANGES = 6
WINDOW = timedelta(minutes=30)
CALM = timedelta(minutes=15)
REMEMBERED = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Episode:
    """One time that an alert was open; `paged` tells that it was not held back."""

    opened_at: datetime
    resolved_at: datetime | None
    paged: bool


def changes(episodes: Iterable[Episode], now: datetime) -> int:
    """How often the state changed within the window before `now`."""
    instants = [at for one in episodes for at in (one.opened_at, one.resolved_at) if at is not None]
    return sum(now - WINDOW < at <= now for at in instants)


def held_until(episodes: Iterable[Episode], now: datetime) -> datetime | None:
    """Until when an alert that opens at `now` is held back; None when it may page.

    It may page unless this is at least the sixth change of state within 30 minutes and one of its episodes of the last
    24 hours was paged: whoever is on call hears of it once a day at least. It is released when it fires for 15 minutes.
    """
    known = list(episodes)
    if changes(known, now) + 1 < CHANGES:
        return None
    return now + CALM if any(one.paged and one.opened_at > now - REMEMBERED for one in known) else None
