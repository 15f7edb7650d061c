"""Which rule of a link a given request would hit, and why."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.selectors.requests import actor_of, address_of
from shortener.forms.rule_test import AGENTS, RuleTestForm
from shortener.selectors import finding, rule_tests
from shortener.selectors.rule_tests import Outcome, Trial
from shortener.services import visitors


@login_required
@require_safe
def rule_test(request: HttpRequest, link_id: str) -> HttpResponse:
    """Tries a link's rules on a request that is described in a form; at first on the reader's own."""
    link = finding.get_link(actor_of(request), link_id)
    own = {
        "user_agent": request.headers.get("User-Agent", "")[:1024],
        "accept_language": request.headers.get("Accept-Language", "")[:1024],
        "address": address_of(request) or "",
    }
    form = RuleTestForm(request.GET or own)
    outcome = rule_tests.outcome(link, _trial(form.asked)) if form.is_valid() else None
    context = {
        "link": link,
        "short_url": finding.short_url(link),
        "form": form,
        "agents": AGENTS,
        "outcome": outcome,
        "verdict": _verdict(outcome) if outcome else "",
    }
    return render(request, "shortener/rule_test.html", context, status=200 if outcome else 422)


def _trial(asked: dict[str, Any]) -> Trial:
    visitor = visitors.visitor_of(
        user_agent=asked["user_agent"],
        address=asked["address"],
        accept_language=asked["accept_language"],
        country=asked["country"],
    )
    return Trial(visitor=visitor, at=asked["at"] or timezone.now(), query=asked["query"], path=asked["path"])


WORDS = {
    "unknown": "The address names no link: it would be answered with 404.",
    "not_yet": "The link is not open at that time: it would be answered with 404.",
    "expired": "The link has ended at that time: it would be answered with 410.",
    "expired_redirect": "The link has ended at that time and leads to its page for that.",
    "disabled": "The link is switched off: it would be answered with 410.",
    "banned": "The link is banned: it would be answered with 451.",
    "password": "The visitor is asked for the password first.",
    "portal": "The visitor sees the preview first.",
}


def _verdict(outcome: Outcome) -> str:
    """What happens before or instead of the redirect, in a sentence; empty if nothing does."""
    return WORDS.get(outcome.answer.kind, "")
