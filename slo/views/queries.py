"""The page of ad-hoc queries, and its answers as files."""

import csv
import io
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.charts import png
from portal.lib.errors import DomainError, Invalid
from portal.lib.forms import add_errors
from slo.domain.queries import EXAMPLES
from slo.exceptions import SavedQueryNotFound
from slo.forms.queries import QueryForm, SaveQueryForm
from slo.selectors import queries
from slo.selectors.queries import Answer
from slo.selectors.query_charts import chart_of
from slo.services import saved_queries


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def query_page(request: HttpRequest) -> HttpResponse:
    """Asks the stored numbers; a POST keeps the query of the address under a name."""
    actor, now = actor_of(request), timezone.now()
    form = QueryForm(request.GET, actor=actor)
    query = form.query(now=now)
    keep = SaveQueryForm(request.POST or None, actor=actor)
    if request.method == "POST" and keep.is_valid() and query is not None and _keep(request, keep):
        return redirect(request.get_full_path())
    try:
        found = queries.answer(actor, query) if query is not None else None
    except DomainError as error:
        found = None
        form.add_error(None, error.detail)
    context = {
        "form": form,
        "answer": found,
        "chart": None if found is None else chart_of(found),
        "permalink": None if query is None else _permalink(request, query),
        "keep": keep,
        "may_keep": any(role >= Role.RESPONDER for role in actor.roles.values()) or actor.is_administrator,
        "saved": [(one, urlencode(one.asked)) for one in queries.saved_queries(actor)],
        "examples": [(name, urlencode(asked)) for name, asked in EXAMPLES],
    }
    return render(request, "slo/query_page.html", context)


@login_required
@require_POST
def query_forget(request: HttpRequest, public_id: str) -> HttpResponse:
    """Forgets a kept query."""
    actor = actor_of(request)
    saved = queries.saved_queries(actor).filter(public_id=public_id).first()
    if saved is None:
        raise SavedQueryNotFound
    saved_queries.delete_query(actor=actor, saved=saved, now=timezone.now())
    messages.success(request, f"{saved.name} is forgotten.")
    return redirect("query_page")


@login_required
@require_safe
def query_csv(request: HttpRequest) -> HttpResponse:
    """The answer as a table: one line for each step and label."""
    found = _asked(request)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["at", "label", found.query.unit])
    for label, values in found.lines:
        safe = f"'{label}" if label[:1] in "=+-@\t\r" else label
        for at, value in zip(found.steps, values, strict=True):
            writer.writerow([at.isoformat(), safe, "" if value is None else f"{value:.9g}"])
    return _file(HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8"), "query.csv")


@login_required
@require_safe
def query_png(request: HttpRequest) -> HttpResponse:
    """The graph of the answer as a picture."""
    picture = png(chart_of(_asked(request)), timezone.get_current_timezone())
    return _file(HttpResponse(picture, content_type="image/png"), "query.png")


def _asked(request: HttpRequest) -> Answer:
    actor = actor_of(request)
    form = QueryForm(request.GET, actor=actor)
    query = form.query(now=timezone.now())
    if query is None:
        raise Invalid(fields={name: [str(error) for error in errors] for name, errors in form.errors.items()})
    return queries.answer(actor, query)


def _keep(request: HttpRequest, keep: SaveQueryForm) -> bool:
    asked: dict[str, Any] = request.GET.dict()
    team, title = keep.cleaned_data["team"], keep.cleaned_data["title"]
    try:
        saved = saved_queries.save_query(
            actor=actor_of(request), team_id=team.pk, name=title, asked=asked, now=timezone.now()
        )
    except DomainError as error:
        add_errors(keep, error)
        return False
    messages.success(request, f"{saved.name} is kept for {team.name}.")
    return True


def _permalink(request: HttpRequest, query: Any) -> str:
    """The same question about the same time, whenever it is opened."""
    asked = {key: value for key, value in request.GET.items() if key not in {"last", "from", "until"}}
    span = {"from": query.start.isoformat(), "until": query.end.isoformat()}
    return f"{reverse('query_page')}?{urlencode(asked | span)}"


def _file(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
