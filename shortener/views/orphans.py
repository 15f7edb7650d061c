"""Visits of addresses that are no link."""

from datetime import UTC, datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.charts import html, png
from shortener.forms.orphans import OrphanForm
from shortener.selectors import exports, orphans
from shortener.selectors.orphans import OrphanReport

MOST_LINES = 10_000


@login_required
@require_safe
def orphan_list(request: HttpRequest) -> HttpResponse:
    """Visits of the domain itself, of unknown slugs and, for administrators, of wrong hosts."""
    actor = actor_of(request)
    form, report = _asked(request, actor, timezone.now())
    context = {
        "filter_form": form,
        "report": report,
        "drawing": html(report.chart, UTC),
        "kinds": orphans.KINDS,
        "may_create": people.teams_where(actor, Role.RESPONDER).exists(),
        "query": request.GET.urlencode(),
        "section": "orphans",
    }
    return render(request, "shortener/orphan_list.html", context)


@login_required
@require_safe
def orphan_csv(request: HttpRequest) -> HttpResponse:
    """The addresses as a table, those with the most visits first."""
    actor, today = actor_of(request), timezone.now().astimezone(UTC).date()
    wanted = OrphanForm(request.GET or None, actor=actor).wanted()
    found = orphans.top_orphans(orphans.orphan_days(actor, wanted, today=today), limit=MOST_LINES)
    lines = exports.csv_lines(orphans.COLUMNS, orphans.orphan_rows(found))
    return _file(HttpResponse(lines, content_type=exports.CSV), "orphan-visits.csv")


@login_required
@require_safe
def orphan_png(request: HttpRequest) -> HttpResponse:
    """The graph of the page as a picture."""
    _, report = _asked(request, actor_of(request), timezone.now())
    return _file(HttpResponse(png(report.chart, UTC), content_type="image/png"), "orphan-visits.png")


def _asked(request: HttpRequest, actor: Actor, now: datetime) -> tuple[OrphanForm, OrphanReport]:
    form = OrphanForm(request.GET or None, actor=actor)
    return form, orphans.orphan_report(actor, form.wanted(), today=now.astimezone(UTC).date())


def _file(answer: HttpResponse, name: str) -> HttpResponse:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
