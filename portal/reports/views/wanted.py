"""What a report is about, as the query says; what is not valid is the usual."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest

from portal.accounts.selectors.requests import actor_of
from portal.reports.domain import periods
from portal.reports.forms import ReportForm
from portal.reports.selectors import Wanted


def wanted_of(request: HttpRequest, now: datetime) -> tuple[ReportForm, Wanted]:
    """The form as it is shown again, and the period, team and service."""
    form = ReportForm({"days": periods.DEFAULT, **request.GET.dict()}, actor=actor_of(request))
    values: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    team, service = values.get("team"), values.get("service")
    wanted = Wanted(
        period=periods.period(now=now, days=values.get("days") or periods.DEFAULT),
        team=team.slug if team else "",
        service=service.slug if service else "",
    )
    return form, wanted
