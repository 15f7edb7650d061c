"""Links as files."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import Invalid
from shortener.forms import LinkFilterForm
from shortener.models.links import LinkQuerySet
from shortener.selectors import filters, finding
from shortener.services import exporting


@login_required
@require_safe
def export_page(request: HttpRequest) -> HttpResponse:
    """Which links to export, and as what."""
    form = LinkFilterForm(request.GET or None, actor=actor_of(request))
    context = {"filter_form": form, "count": _found(request, form).count(), "is_filtered": bool(form.words())}
    return render(request, "shortener/export_page.html", context)


@login_required
@require_safe
def export_links(request: HttpRequest) -> StreamingHttpResponse:
    """The links that the words of the address leave, as CSV or JSON lines, streamed."""
    kind = request.GET.get("format", "csv")
    if kind not in exporting.KINDS:
        raise Invalid(fields={"format": ["Choose csv or jsonl."]})
    found = _found(request, LinkFilterForm(request.GET or None, actor=actor_of(request)))
    response = StreamingHttpResponse(exporting.lines(found, kind), content_type=exporting.KINDS[kind])
    response["Content-Disposition"] = f'attachment; filename="links-{timezone.now():%Y-%m-%d}.{kind}"'
    return response


def _found(request: HttpRequest, form: LinkFilterForm) -> LinkQuerySet:
    actor = actor_of(request)
    return filters.narrowed(finding.links(actor), form.wanted(), now=timezone.now(), actor=actor)
