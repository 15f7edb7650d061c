"""The page of the audit of what is measured."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of
from slo.domain.conventions import CONVENTION
from slo.forms.parts import FilterForm
from slo.selectors.measurement_audit import QUESTIONS, audit

FEW, PAGE_SIZE = 10, 50


@login_required
@require_safe
def measurement_audit(request: HttpRequest) -> HttpResponse:
    """What is measured and not used, used and not measured, or called so that nobody finds it.

    A few findings of each section, or with `section` all of that one by pages.
    """
    actor, wanted = actor_of(request), request.GET.get("section", "")
    form = FilterForm(request.GET or None, actor=actor)
    form.fields.pop("q")
    only = wanted if wanted in {question[0] for question in QUESTIONS} else ""
    sections = audit(actor, now=timezone.now(), service=form.wanted().get("service", ""), only=only)
    size, number = (PAGE_SIZE, request.GET.get("page")) if only else (FEW, None)
    context = {
        "filter_form": form,
        "sections": [(section, Paginator(section.findings, size).get_page(number)) for section in sections],
        "found": sum(len(section.findings) for section in sections),
        "only": only,
        "convention": CONVENTION,
    }
    return render(request, "slo/measurement_audit.html", context)
