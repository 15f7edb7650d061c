"""What the page of one link tells about it beside its fields."""

from datetime import datetime, timedelta

from shortener.domain import rule_words, rules
from shortener.domain.redirect import DEFAULT_MAX_AGE
from shortener.domain.rule_words import Line
from shortener.models import Link, TargetCheck


def state_of(link: Link, *, people: int, now: datetime) -> str:
    """The state as pages show it: an active link that `people` have used up is `used_up`."""
    state = link.state_at(now)
    is_used_up = link.max_visits is not None and people >= link.max_visits
    return "used_up" if state == "active" and is_used_up else state


def rule_lines(link: Link) -> list[Line]:
    """The link's rules in words, in order."""
    return [rule_words.line(rule) for rule in rules.parse(link.rules)[0]]


def remembered_for(link: Link) -> timedelta | None:
    """How long browsers may keep the redirect without asking again.

    None where they never keep it: a 302, and a link whose every visit must be counted or asked for a password.
    """
    if link.redirect_status == 302 or link.max_visits is not None or link.password_hash:
        return None
    return timedelta(seconds=DEFAULT_MAX_AGE if link.max_age is None else link.max_age)


def dead_check(link: Link) -> TargetCheck | None:
    """The last check of the target when it found it dead."""
    return TargetCheck.objects.filter(link=link, dead_since__isnull=False).first()
