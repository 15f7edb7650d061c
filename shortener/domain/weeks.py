"""When a weekly mail is due: on Monday morning, where its reader is."""

from datetime import date, datetime, timedelta, tzinfo

HOUR = 8
WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    """The Monday of the week that holds `day`."""
    return day - timedelta(days=day.weekday())


def week_due(now: datetime, zone: tzinfo) -> date:
    """The Monday of the newest week whose mail is due: this week's from eight o'clock on Monday in `zone`."""
    local = now.astimezone(zone)
    monday = monday_of(local.date())
    is_early = local.date() == monday and local.hour < HOUR
    return monday - WEEK if is_early else monday


def is_due(*, sent_week: date | None, now: datetime, zone: tzinfo) -> bool:
    """Whether the mail of the newest week is still to be sent."""
    return sent_week is None or sent_week < week_due(now, zone)
