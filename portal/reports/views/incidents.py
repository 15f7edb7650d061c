"""The manager's report, on a page and as a file."""

import csv

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.domain import milestones
from incidents.domain.facts import IncidentFacts
from portal.accounts.selectors.requests import actor_of
from portal.lib import cells
from portal.lib.charts import BarChart
from portal.lib.times import rfc3339
from portal.reports import selectors
from portal.reports.domain import dots
from portal.reports.selectors import IncidentReport
from portal.reports.views.wanted import wanted_of

COLUMNS = ("incident", "title", "severity", "service", "team", "status", "drill", "declared_at")


@login_required
@require_safe
def report_home(request: HttpRequest) -> HttpResponse:
    """Incidents, durations, action items and budgets of a period."""
    now = timezone.now()
    form, wanted = wanted_of(request, now)
    report = selectors.incident_report(actor_of(request), wanted, now=now)
    context = {
        "form": form,
        "report": report,
        "chart": _chart(report),
        "size": {"width": dots.WIDTH, "height": dots.HEIGHT, "left": dots.LEFT, "bottom": dots.HEIGHT - dots.BOTTOM},
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/report_home.html", context)


@login_required
@require_safe
def report_incidents_csv(request: HttpRequest) -> HttpResponse:
    """One line per incident with its durations in minutes; cells that a spreadsheet would run are quoted."""
    now = timezone.now()
    _, wanted = wanted_of(request, now)
    report = selectors.incident_report(actor_of(request), wanted, now=now)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="incidents.csv"'
    writer = csv.writer(response)
    writer.writerow([*COLUMNS, *(f"{measure.key}_minutes" for measure in milestones.MEASURES)])
    for facts in report.counted:
        writer.writerow([cells.safe_cell(cell) for cell in _line(facts)])
    return response


def _chart(report: IncidentReport) -> BarChart:
    every = "month" if report.wanted.period.is_monthly else "week"
    return BarChart(
        title=f"Incidents per {every}",
        unit="incidents",
        y_label="incidents",
        bars=[(at, sum(counts.values())) for at, counts in report.buckets],
        step=report.wanted.period.step,
    )


def _line(facts: IncidentFacts) -> list[object]:
    lengths = [milestones.length(facts.milestones, measure) for measure in milestones.MEASURES]
    return [
        f"INC-{facts.number}",
        facts.title,
        facts.severity,
        facts.service,
        facts.team,
        facts.status,
        "yes" if facts.is_drill else "no",
        rfc3339(facts.declared_at),
        *(round(length.value.total_seconds() / 60, 1) if length else "" for length in lengths),
    ]
