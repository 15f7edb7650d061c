"""The public page on which anybody reports a short link."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from portal.accounts.selectors.requests import address_of
from shortener.domain.negotiation import page_language
from shortener.domain.report_texts import LANGUAGES, REASONS, TEXTS
from shortener.exceptions import BudgetSpent, InvalidReport
from shortener.services import abuse_reports

FIELDS = ("address", "reason", "text", "contact")
TRAP = "website"


@require_http_methods(["GET", "HEAD", "POST"])
def abuse_report(request: HttpRequest) -> HttpResponse:
    """Takes a report, in the visitor's language. What fills the hidden field is thanked and forgotten."""
    language = page_language(request.headers.get("Accept-Language", ""), LANGUAGES)
    texts = TEXTS[language]
    values = {name: request.POST.get(name, "") for name in FIELDS}
    values["address"] = values["address"] or request.GET.get("link", "")
    context: dict[str, Any] = {"texts": texts, "language": language, "values": values, "errors": {}}
    status, wait = 200, 0
    if request.method == "POST" and not request.POST.get(TRAP):
        try:
            abuse_reports.create_report(values=values, client=address_of(request) or "", now=timezone.now())
        except InvalidReport as error:
            context["errors"] = _said(error.fields, texts)
            status = 422
        except BudgetSpent as error:
            wait = error.retry_after
            context["trouble"] = texts["too_many"].format(seconds=wait)
            status = 429
    context["is_sent"] = request.method == "POST" and status == 200
    context["reasons"] = [(name, texts[name]) for name in REASONS]
    context["example"] = texts["address_help"].format(example=f"{settings.PORTAL_LINK_URL}/abc")
    response = render(request, "shortener/abuse_report.html", context, status=status)
    response.headers["Content-Language"] = language
    patch_vary_headers(response, ["Accept-Language"])
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


def _said(fields: Mapping[str, list[str]], texts: Mapping[str, str]) -> dict[str, str]:
    return {name: " ".join(texts.get(key, key) for key in keys) for name, keys in fields.items()}
