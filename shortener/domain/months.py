"""Calendar months in UTC, named by their first day."""

from datetime import UTC, date, datetime, time, timedelta


def month_of(at: datetime) -> date:
    """The first day of the UTC month that holds `at`."""
    return at.astimezone(UTC).date().replace(day=1)


def moved(month: date, count: int) -> date:
    """The month that lies `count` months after this one."""
    months = month.year * 12 + month.month - 1 + count
    return date(months // 12, months % 12 + 1, 1)


def bounds(month: date) -> tuple[datetime, datetime]:
    """The instants [start, end) of the month."""
    return (datetime.combine(month, time(), UTC), datetime.combine(moved(month, 1), time(), UTC))


def last_day(month: date) -> date:
    return moved(month, 1) - timedelta(days=1)


def between(first: date, last: date) -> list[date]:
    """All months from `first` to `last`, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [moved(first, step) for step in range(count + 1)]


def parse(text: str) -> date | None:
    """The month of `2026-03`; None for anything else."""
    try:
        found = datetime.strptime(text, "%Y-%m").replace(tzinfo=UTC) if len(text) == 7 else None
    except ValueError:
        return None
    return found.date() if found else None
