"""The audit log."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.forms import AuditFilterForm
from portal.accounts.selectors import audit
from portal.accounts.selectors.requests import actor_of

PAGE_SIZE = 50


@login_required
@require_safe
def audit_list(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first, with each field before and after."""
    actor = actor_of(request)
    form = AuditFilterForm(request.GET or None, actor=actor)
    found = audit.narrowed(audit.entries(actor), form.wanted())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "accounts/audit_list.html", {"filter_form": form, "page": page})
