"""DORA's five numbers on a page and as a file: services side by side, never blended, never ranked."""

import csv
from datetime import timedelta
from fractions import Fraction

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of
from portal.lib import cells
from portal.reports.domain.dora import DEFINITIONS
from portal.reports.selectors import dora as selectors
from portal.reports.selectors.dora import ServiceDora
from portal.reports.views.wanted import wanted_of

PAGE_SIZE = 25
COLUMNS = (
    "service",
    "team",
    "lead_time_median_hours",
    "changes",
    "deployments_per_day",
    "deployments",
    "recovery_median_hours",
    "recovered",
    "unrecovered",
    "change_fail_ratio",
    "failed",
    "rework_ratio",
    "unplanned",
)


@login_required
@require_safe
def dora_report(request: HttpRequest) -> HttpResponse:
    """The five numbers of each service of a period, with n and definition beside each."""
    actor, now = actor_of(request), timezone.now()
    form, wanted = wanted_of(request, now)
    found = selectors.services(actor, team=wanted.team, service=wanted.service)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    period = wanted.period
    rows = selectors.of_services(page.object_list, start=period.start, end=period.end, now=now)
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "definitions": DEFINITIONS,
        "period": period,
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/dora_report.html", context)


@login_required
@require_safe
def dora_report_csv(request: HttpRequest) -> HttpResponse:
    """One line for each service; a cell without data is empty."""
    actor, now = actor_of(request), timezone.now()
    _, wanted = wanted_of(request, now)
    found = selectors.services(actor, team=wanted.team, service=wanted.service)
    rows = selectors.of_services(found, start=wanted.period.start, end=wanted.period.end, now=now)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="dora.csv"'
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([cells.safe_cell(cell) for cell in _line(row)])
    return response


def _line(row: ServiceDora) -> list[object]:
    numbers = row.numbers
    return [
        row.service.slug,
        row.service.team.slug,
        _hours(numbers.lead_time),
        numbers.changes,
        _number(numbers.frequency_per_day),
        numbers.deployments,
        _hours(numbers.recovery),
        numbers.recovered,
        numbers.unrecovered,
        _number(numbers.failure_ratio),
        numbers.failed,
        _number(numbers.rework_ratio),
        numbers.unplanned,
    ]


def _hours(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds() / 3600, 2)


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 4)
