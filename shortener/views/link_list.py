"""The list of links."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.charts import sparkline
from shortener.forms import LinkFilterForm
from shortener.forms.bulk import OPERATIONS
from shortener.models import Link
from shortener.selectors import filters, finding, link_facts, pages, stats, usage
from shortener.selectors.pages import LinkPage
from shortener.selectors.saved_filters import address_of, saved_filters

CHIPS = 30


@login_required
@require_safe
def link_list(request: HttpRequest) -> HttpResponse:
    """The links that this person may see, narrowed and ordered by the words of the address, with their clicks."""
    actor, now = actor_of(request), timezone.now()
    form = LinkFilterForm(request.GET or None, actor=actor)
    words = form.words()
    found = filters.narrowed(finding.links(actor), form.wanted(), now=now, actor=actor)
    page = pages.get_page(found, sort=form.order, number=pages.number_of(request.GET.get("page")))
    rows = rows_of(page, actor=actor, now=now)
    context = {
        "filter_form": form,
        "page": page,
        "rows": rows,
        "words": words,
        "query": urlencode(words),
        "operations": OPERATIONS,
        "may_edit": any(row["may_edit"] for row in rows),
        "may_create": people.teams_where(actor, Role.RESPONDER).exists(),
        "is_filtered": bool(request.GET),
        "near_quotas": usage.near_quotas(actor, now=now),
    } | chips_of(actor, words)
    return render(request, "shortener/link_list.html", context)


def chips_of(actor: Actor, words: dict[str, str]) -> dict[str, Any]:
    """The reader's saved filters, and whether one of them is what the list shows."""
    chips = [
        {"saved": saved, "query": address_of(saved), "is_current": saved.query == words}
        for saved in saved_filters(actor)[:CHIPS]
    ]
    return {"chips": chips, "is_saved": any(chip["is_current"] for chip in chips)}


def rows_of(page: LinkPage, *, actor: Actor, now: datetime) -> list[dict[str, Any]]:
    """What a row shows of each link, in three queries however many they are."""
    keys = [link.pk for link in page.links]
    totals, trends = stats.link_totals(keys), stats.trends(keys, today=now.date())
    return [
        {
            "link": link,
            "short_url": finding.short_url(link),
            "state": link_facts.state_of(link, people=totals[link.pk].people, now=now),
            "notes": notes_of(link),
            "may_edit": actor.may(Role.RESPONDER, link.team_id),
            "total": totals[link.pk],
            "trend": sparkline(trends[link.pk], "Clicks a day, 14 days"),
        }
        for link in page.links
    ]


def notes_of(link: Link) -> list[str]:
    """What else a reader should know at a glance: a password, a limit, rules, a target that does not answer."""
    check = getattr(link, "check_result", None)
    found = [
        (bool(link.password_hash), "password"),
        (link.max_visits is not None, f"{count(link.max_visits or 0, 'visit')} at most"),
        (bool(link.rules), count(len(link.rules), "rule")),
        (check is not None and check.dead_since is not None, "target does not answer"),
    ]
    return [words for is_so, words in found if is_so]


def count(amount: int, noun: str) -> str:
    """`1 rule`, `50,000 visits`."""
    return f"{amount:,} {noun}{'' if amount == 1 else 's'}"
