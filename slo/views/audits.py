"""The page of the audit of what is measured."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of
from slo.domain.conventions import CONVENTION
from slo.forms.parts import FilterForm
from slo.selectors.measurement_audit import audit


@login_required
@require_safe
def measurement_audit(request: HttpRequest) -> HttpResponse:
    """What is measured and not used, used and not measured, or called so that nobody finds it."""
    actor = actor_of(request)
    form = FilterForm(request.GET or None, actor=actor)
    form.fields.pop("q")
    sections = audit(actor, now=timezone.now(), service=form.wanted().get("service", ""))
    context = {
        "filter_form": form,
        "sections": sections,
        "found": sum(len(section.findings) for section in sections),
        "convention": CONVENTION,
    }
    return render(request, "slo/measurement_audit.html", context)
