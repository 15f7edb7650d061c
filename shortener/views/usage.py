"""What teams and owners use in a month, and the quotas that bound it."""

from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError, Invalid
from portal.lib.forms import add_errors
from shortener.domain import months
from shortener.forms.quotas import QuotaForm
from shortener.selectors import exports, usage
from shortener.services import quotas

OFFERED = 12


@login_required
@require_safe
def usage_list(request: HttpRequest) -> HttpResponse:
    """Links and clicks of each owner in a month, and how far the quotas are used up."""
    actor, now = actor_of(request), timezone.now()
    month, running = _month(request, now), months.month_of(now)
    context = {
        "teams": usage.team_usage(actor, month),
        "quotas": usage.quota_states(actor, now=now),
        "month": month,
        "months": [months.moved(running, -back) for back in range(OFFERED)],
        "unbounded": usage.teams_without_bound(actor),
        "may_set": actor.is_administrator,
        "section": "usage",
    }
    return render(request, "shortener/usage_list.html", context)


@login_required
@require_safe
def usage_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table: one line for each owner."""
    month = _month(request, timezone.now())
    rows = usage.owner_months(actor_of(request), month=month).order_by("team__slug", "pk")
    lines = exports.csv_lines(usage.COLUMNS, usage.usage_rows(rows))
    response = HttpResponse(lines, content_type=exports.CSV)
    response["Content-Disposition"] = f'attachment; filename="usage-{month:%Y-%m}.csv"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quota_edit(request: HttpRequest, team: str) -> HttpResponse:
    """Sets what a team may use in a month; for administrators."""
    actor, now = actor_of(request), timezone.now()
    quota = usage.quota_of(actor, team)
    actor.require_administrator()
    form = QuotaForm(request.POST or None, initial={**vars(quota), "version": quota.version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] if quota.pk else None
        try:
            quotas.set_quota(actor=actor, team=quota.team, values=form.values(), expected_version=version, now=now)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"The quota of {quota.team} holds from now on.")
            return redirect("usage_list")
    context = {"form": form, "state": usage.state_of(quota, now=now), "section": "usage"}
    return render(request, "shortener/quota_edit.html", context)


def _month(request: HttpRequest, now: datetime) -> date:
    asked = request.GET.get("month", "")
    found = months.parse(asked) if asked else months.month_of(now)
    if found is None:
        raise Invalid(fields={"month": ["Give a month, such as 2026-03."]})
    return found
