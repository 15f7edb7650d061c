"""What visitors of short links see on the portal's origin, in their language, or as problem+json."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from shortener.domain import negotiation, texts
from shortener.domain.redirect import Kind
from shortener.domain.texts import LANGUAGES, PAGES, REPORTED, STATUSES, Text


def page(request: HttpRequest, kind: str, *, own: dict[str, str], retry_after: int = 2) -> HttpResponse:
    """The page of a kind, in the words of the domain's owner where there are any."""
    said, status = PAGES[kind][language_of(request)], STATUSES[kind]
    text = Text(own.get("title") or said.title, own.get("text", "")) if own else said
    if _wants_json(request):
        response = _problem(request, texts.problem(kind, text), status)
    else:
        context = {"text": text, "status": status, "is_own": bool(own), "may_report": kind in REPORTED}
        response = rendered(request, "shortener/link_follow.html", context, status=status)
    if status in {429, 503}:
        response["Retry-After"] = str(retry_after)
    return response


def password_form(request: HttpRequest, error: str = "", *, status: int = 401) -> HttpResponse:
    """The form of a link with a password; programs are told of it."""
    text = PAGES[Kind.PASSWORD][language_of(request)]
    if _wants_json(request):
        response = _problem(request, texts.problem(Kind.PASSWORD, text, form=request.build_absolute_uri()), status)
    else:
        response = rendered(request, "shortener/link_password.html", {"text": text, "error": error}, status=status)
    if status == 401:
        response["WWW-Authenticate"] = 'Form realm="link"'
    return response


def rendered(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page in the visitor's language."""
    language = language_of(request)
    words = {"language": language, "words": texts.WORDS[language], "address": request.path, "status": status}
    return _marked(request, render(request, template, {**words, **context}, status=status))


def language_of(request: HttpRequest) -> str:
    """The language of the pages that this visitor sees."""
    return negotiation.page_language(request.headers.get("Accept-Language", ""), LANGUAGES)


def _wants_json(request: HttpRequest) -> bool:
    return negotiation.prefers_json(request.headers.get("Accept", ""))


def _problem(request: HttpRequest, content: dict[str, str | int], status: int) -> HttpResponse:
    response = JsonResponse({**content, "status": status}, content_type="application/problem+json", status=status)
    return _marked(request, response)


def _marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response["Cache-Control"], response["X-Robots-Tag"] = "no-store", "noindex"
    response["Content-Language"] = language_of(request)
    response["Vary"] = "Accept, Accept-Language, Cookie"
    return response
