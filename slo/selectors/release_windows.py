"""Reading release windows."""

from datetime import datetime

from django.db.models import Q

from portal.accounts.models import Team
from portal.catalog.models import Service
from portal.lib.public_holidays import holidays_of
from slo.domain.calendar_json import parse
from slo.domain.release_windows import Calendar, WindowAnswer, answer
from slo.models import ReleaseWindow

Owner = Service | Team


def window_row(service_id: int) -> ReleaseWindow | None:
    """The release window of a service: its own, else its team's, else none."""
    mine = Q(service_id=service_id) | Q(service=None, team__services=service_id)
    rows = list(ReleaseWindow.objects.filter(mine).select_related("service", "team"))
    return next((row for row in rows if row.service_id), rows[0] if rows else None)


def own_window(owner: Owner) -> ReleaseWindow | None:
    """The row of exactly this service or team."""
    if isinstance(owner, Service):
        return ReleaseWindow.objects.filter(service=owner).first()
    return ReleaseWindow.objects.filter(team=owner, service=None).first()


def effective_window(owner: Owner) -> ReleaseWindow | None:
    """The window that holds for a service, or for the services of a team that have none of their own."""
    return window_row(owner.pk) if isinstance(owner, Service) else own_window(owner)


def window_at(service_id: int, at: datetime) -> WindowAnswer | None:
    """Whether the window of a service is open at `at`; None where none is set."""
    row = window_row(service_id)
    return None if row is None else answer_of(parse(row.definition), at)


def answer_of(calendar: Calendar, at: datetime) -> WindowAnswer:
    """The window's answer with the holidays of this year and the next."""
    return answer(calendar, at, holidays_of(calendar.country, calendar.subdivision, at.year))
