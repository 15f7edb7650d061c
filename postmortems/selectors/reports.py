"""Action items and postmortems as numbers for managers; nothing here is per person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.db.models.functions import TruncDate

from portal.accounts.domain.actors import Actor
from postmortems.selectors.action_items import action_items
from postmortems.selectors.documents import postmortems


@dataclass(frozen=True, slots=True)
class ItemReport:
    """Items due in the period and how many were done in time; `not_doing` is counted apart."""

    due: int
    done_in_time: int
    done_late: int
    not_doing: int
    open: int
    overdue: int
    median_open_age: timedelta | None


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """Required postmortems that fell due in the period: published on time, late, or not at all."""

    required: int
    on_time: int
    late: int
    missing: int


def item_report(actor: Actor, *, start: datetime, end: datetime, now: datetime, team: str = "") -> ItemReport:
    """Action items that `actor` may see, for the period [start, end); `open` is as of now."""
    found = action_items(actor)
    if team:
        found = found.filter(team__slug=team)
    due = found.filter(due_on__gte=start.date(), due_on__lte=end.date())
    finished_on = due.annotate(finished_on=TruncDate("finished_at"))
    done = finished_on.filter(state="done")
    in_time = done.filter(finished_on__lte=F("due_on")).count()
    ages = [now - created_at for created_at in found.open().values_list("created_at", flat=True)]
    return ItemReport(
        due=due.exclude(state="not_doing").count(),
        done_in_time=in_time,
        done_late=done.count() - in_time,
        not_doing=due.filter(state="not_doing").count(),
        open=len(ages),
        overdue=found.open().filter(due_on__lt=now.date()).count(),
        median_open_age=sorted(ages)[len(ages) // 2] if ages else None,
    )


def document_report(actor: Actor, *, start: datetime, end: datetime, now: datetime, team: str = "") -> DocumentReport:
    """Required postmortems due in [start, end)."""
    found = postmortems(actor).filter(is_required=True, due_on__gte=start.date(), due_on__lte=end.date())
    if team:
        found = found.filter(team__slug=team)
    published = found.exclude(published_at=None).annotate(published_on=TruncDate("published_at"))
    on_time = published.filter(published_on__lte=F("due_on")).count()
    total, done = found.count(), published.count()
    return DocumentReport(required=total, on_time=on_time, late=done - on_time, missing=total - done)
