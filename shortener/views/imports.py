"""The pages of imports: upload, preview and mapping, progress, result."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError, Invalid
from portal.lib.forms import add_errors
from shortener.forms.imports import ImportForm, MappingForm
from shortener.models import ImportJob
from shortener.selectors import imports
from shortener.services import exporting
from shortener.services.importing import formats, jobs, previews

PAGE_SIZE = 25


@login_required
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """The imports of this person's teams."""
    actor = actor_of(request)
    page = Paginator(imports.jobs(actor), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [{"job": job, "label": formats.ALL[job.kind].label, "percent": imports.percent_done(job)} for job in page]
    context = {"page": page, "rows": rows, "may_create": people.teams_where(actor, Role.RESPONDER).exists()}
    return render(request, "shortener/import_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_create(request: HttpRequest) -> HttpResponse:
    """Takes a file and shows what would become of it; nothing is imported yet."""
    actor = actor_of(request)
    form = ImportForm(request.POST or None, request.FILES or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            job = jobs.create_job(
                actor=actor,
                team_id=given["team"].pk,
                body=given["file"].read(),
                file_name=given["file"].name,
                kind=given["kind"],
                domain=given["domain"],
                now=timezone.now(),
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            return redirect("import_detail", job.public_id)
    context = {"form": form, "formats": formats.ALL.values()}
    return render(request, "shortener/import_create.html", context)


@login_required
@require_safe
def import_detail(request: HttpRequest, import_id: str) -> HttpResponse:
    """One import: its preview, how far it is, or what came of it."""
    actor = actor_of(request)
    job = imports.get_job(actor, import_id)
    if job.state == ImportJob.State.PREVIEW:
        return _previewed(request, actor, job, MappingForm(job=job))
    errors = [
        {
            "line": error.line,
            "told": _told(error.fields),
            "cells": [error.row.get(name) for name in job.mapping["columns"]],
        }
        for error in imports.row_errors(job)[: imports.SHOWN_ERRORS]
    ]
    context = {
        "job": job,
        "label": formats.ALL[job.kind].label,
        "percent": imports.percent_done(job),
        "errors": errors,
        "may_edit": actor.may(Role.RESPONDER, job.team_id),
    }
    return render(request, "shortener/import_detail.html", context)


@login_required
@require_POST
def import_map(request: HttpRequest, import_id: str) -> HttpResponse:
    """Says what the columns mean, and shows the preview again."""
    return _mapped(request, import_id, then_start=False)


@login_required
@require_POST
def import_start(request: HttpRequest, import_id: str) -> HttpResponse:
    """Starts the import with the meaning of the columns as it stands in the form."""
    return _mapped(request, import_id, then_start=True)


@login_required
@require_POST
def import_cancel(request: HttpRequest, import_id: str) -> HttpResponse:
    """Stops an import; what was imported stays."""
    actor = actor_of(request)
    job = imports.get_job(actor, import_id)
    jobs.cancel_job(actor=actor, job=job, now=timezone.now())
    messages.success(request, "The import is cancelled; links that were imported stay.")
    return redirect("import_detail", job.public_id)


@login_required
@require_safe
def import_errors(request: HttpRequest, import_id: str) -> StreamingHttpResponse:
    """The rows that were not imported as CSV, with what is wrong: to repair and upload again."""
    job = imports.get_job(actor_of(request), import_id)
    response = StreamingHttpResponse(
        exporting.error_lines(imports.error_rows(job)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="errors-{job.public_id}.csv"'
    return response


def _mapped(request: HttpRequest, import_id: str, *, then_start: bool) -> HttpResponse:
    actor, now = actor_of(request), timezone.now()
    job = imports.get_job(actor, import_id)
    actor.require(Role.RESPONDER, job.team_id)
    form = MappingForm(request.POST, job=job)
    if not form.is_valid():
        return _previewed(request, actor, job, form)
    try:
        jobs.map_columns(actor=actor, job=job, mapping=form.mapping(), options=form.options(), now=now)
        if then_start:
            jobs.start_job(actor=actor, job=job, now=now)
    except DomainError as error:
        if not isinstance(error, Invalid):
            raise
        add_errors(form, Invalid(error.detail, fields=form.placed(error.fields)))
        return _previewed(request, actor, job, form)
    return redirect("import_detail", job.public_id)


def _previewed(request: HttpRequest, actor: Actor, job: ImportJob, form: MappingForm) -> HttpResponse:
    preview = previews.preview_of(actor=actor, job=job, now=timezone.now())
    context = {
        "job": job,
        "label": formats.ALL[job.kind].label,
        "form": form,
        "preview": preview,
        "rows": [(row, _told(row.errors)) for row in preview.rows],
        "may_edit": actor.may(Role.RESPONDER, job.team_id),
    }
    return render(request, "shortener/import_preview.html", context)


def _told(errors: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """What is wrong with a row, under the names that the fields have on the page."""
    return [(formats.FIELDS.get(name, name.capitalize()), " ".join(found)) for name, found in errors.items()]
