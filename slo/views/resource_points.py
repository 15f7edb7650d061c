"""Bringing points to a resource by hand: a table is shown with its faults before anything is stored."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.domain.capacity.uploads import Upload, read_table
from slo.forms.capacity import PointsForm
from slo.models import Resource
from slo.selectors import capacity as selectors
from slo.services import capacity_points

SHOWN = 10
SAVE = "save"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def resource_points(request: HttpRequest, public_id: str) -> HttpResponse:
    """Reads a table; when it was looked at, the right lines are stored and the wrong ones stay to be mended."""
    actor, now = actor_of(request), timezone.now()
    resource = selectors.get_resource(actor, public_id)
    actor.require(Role.RESPONDER, resource.service.team_id)
    form = PointsForm(request.POST or None, request.FILES or None)
    upload = None
    if request.method == "POST" and form.is_valid():
        upload = _checked(read_table(form.table()), now)
        if SAVE in request.POST and upload.readings and not upload.errors:
            try:
                readings = [reading for _, reading in upload.readings]
                count = capacity_points.push_points(actor=actor, resource=resource, readings=readings, now=now)
            except DomainError as error:
                add_errors(form, error)
            else:
                messages.success(request, f"{count} {'day is' if count == 1 else 'days are'} stored.")
                return redirect("resource_detail", resource.public_id)
        form = PointsForm(initial={"text": form.table()}) if form.is_valid() else form
    return render(request, "slo/resource_points.html", _context(resource, form, upload))


def _checked(upload: Upload, now: datetime) -> Upload:
    """The table with what cannot be stored told at its line."""
    wrong = {line: text for line, reading in upload.readings if (text := capacity_points.problem(reading, now=now))}
    readings = [(line, reading) for line, reading in upload.readings if line not in wrong]
    return Upload(readings, sorted([*upload.errors, *wrong.items()]))


def _context(resource: Resource, form: PointsForm, upload: Upload | None) -> dict[str, object]:
    readings = upload.readings if upload else []
    known = {reading[0].date() for _, reading in readings}
    return {
        "resource": resource,
        "form": form,
        "upload": upload,
        "sample": readings[:SHOWN],
        "replaced": resource.days.filter(day__in=known).count() if known else 0,
        "days": len(known),
    }
