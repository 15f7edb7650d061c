"""Instants, half-open spans and words for durations. Instants are aware and in UTC unless a zone is named."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The instants `start <= t < end`; an empty or reversed span is refused with ValueError."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("A span must end after it starts.")

    @property
    def length(self) -> timedelta:
        return self.end - self.start

    def __contains__(self, instant: datetime) -> bool:
        return self.start <= instant < self.end

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def floor_minute(instant: datetime) -> datetime:
    """The start of the UTC minute that holds `instant`."""
    return instant.astimezone(UTC).replace(second=0, microsecond=0)


def floor_hour(instant: datetime) -> datetime:
    """The start of the UTC hour that holds `instant`."""
    return floor_minute(instant).replace(minute=0)


def floor_day(instant: datetime) -> datetime:
    """The start of the UTC day that holds `instant`."""
    return floor_hour(instant).replace(hour=0)


def rfc3339(instant: datetime) -> str:
    """`instant` in UTC as RFC 3339 with a Z, to the microsecond where there is one."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def humanize(length: timedelta) -> str:
    """`length` in its two largest units: `45 s`, `12 min`, `1 h 5 min`, `3 d 4 h`. The sign is kept."""
    seconds = round(abs(length).total_seconds())
    parts = []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min"), (1, "s")):
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count} {unit}")
    sign = "-" if length < timedelta(0) else ""
    return sign + " ".join(parts[:2]) if parts else "0 s"


@cache
def known_zones() -> frozenset[str]:
    """The names that this machine's zone data knows; read once, because it means hundreds of files."""
    return frozenset(available_timezones())


def zone_names() -> list[str]:
    """All IANA zone names in order, without the machine-local pseudo zones."""
    return sorted(name for name in known_zones() if "/" in name or name == "UTC")


def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name; an unknown name is a ValueError."""
    if name not in known_zones():
        raise ValueError(f"{name} is not an IANA time zone.")
    return ZoneInfo(name)
