"""The QR code of a link: its page and its pictures."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from shortener.forms.qr import QrForm
from shortener.selectors import finding
from shortener.services import qr


@login_required
@require_safe
def link_qr(request: HttpRequest, link_id: str) -> HttpResponse:
    """Shows the code as the options ask, with both downloads."""
    link = finding.get_link(actor_of(request), link_id)
    form = QrForm(request.GET or None, has_logo=bool(link.domain.logo))
    wanted = form.wanted()
    if form.is_bound and form.is_valid():
        try:
            qr.code_of(link, qr.options_of(wanted))
        except DomainError as error:
            add_errors(form, error)
    query = urlencode({} if form.errors else wanted)
    context = {"link": link, "form": form, "query": query, "short_url": finding.short_url(link)}
    return render(request, "shortener/link_qr.html", context)


@login_required
@require_safe
def link_qr_image(request: HttpRequest, link_id: str, kind: str) -> HttpResponse:
    """The picture itself, as SVG or PNG; with `download` it comes as a file."""
    link = finding.get_link(actor_of(request), link_id)
    options = qr.options_of({**request.GET.dict(), "format": kind})
    return answer(qr.code_of(link, options), request, is_file="download" in request.GET)


def answer(code: qr.Code, request: HttpRequest, *, is_file: bool) -> HttpResponse:
    """The picture with its ETag, or 304 when the reader has it already."""
    headers = {
        "ETag": code.etag,
        "Cache-Control": "private, max-age=300",
        "Content-Disposition": f'{"attachment" if is_file else "inline"}; filename="{code.file_name}"',
    }
    if code.etag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(code.data, content_type=code.media_type, headers=headers)
