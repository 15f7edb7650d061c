"""Many links at once: choose, say what, see what would happen, do it, see what happened to each."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from shortener.forms import LinkFilterForm
from shortener.forms.bulk import OPERATIONS, form_of
from shortener.models import Link
from shortener.selectors import filters, finding, trash
from shortener.services import bulk
from shortener.services import trash as bins
from shortener.services.bulk import Outcome

SAMPLES = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """The links that were chosen, and whether more were asked for than can be done at once."""

    links: list[Link]
    is_cut: bool


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_bulk(request: HttpRequest) -> HttpResponse:
    """Three steps on one address: the questions of an operation, what it would do, and what it did."""
    actor = actor_of(request)
    operation = request.POST.get("operation", "")
    chosen = _chosen(request, actor, operation)
    if operation not in OPERATIONS or not chosen.links:
        return _nothing(request, operation)
    context = {"operation": operation, "title": OPERATIONS[operation], "chosen": chosen, "limit": bulk.LIMIT}
    context |= {"days": bins.kept_for().days}
    step = request.POST.get("step", "")
    form = form_of(operation, request.POST if step or not form_of(operation).fields else None)
    if not form.is_valid():
        return render(request, "shortener/link_bulk.html", context | {"form": form})
    is_rehearsal = step != "apply"
    now = timezone.now()
    outcomes = bulk.apply(actor=actor, chosen=chosen.links, wish=form.wish(), now=now, is_rehearsal=is_rehearsal)
    context |= {"form": form, "counts": bulk.counts(outcomes)} | _shown(outcomes)
    page = "link_bulk_confirm" if is_rehearsal else "link_bulk_result"
    return render(request, f"shortener/{page}.html", context | {"outcomes": outcomes})


def _chosen(request: HttpRequest, actor: Actor, operation: str) -> Choice:
    """The ticked links, those of the page, or all that match the filter, of which only those that may be changed."""
    is_restore = operation == "restore"
    found = trash.trashed(actor) if is_restore else finding.links(actor)
    which = request.POST.get("which", "ticked")
    if which == "matching" and not is_restore:
        words = QueryDict(mutable=True)
        words.update(dict(parse_qsl(request.POST.get("query", ""))))
        form = LinkFilterForm(words, actor=actor)
        found = filters.narrowed(found, form.wanted(), now=timezone.now(), actor=actor)
        if not actor.is_administrator:
            found = found.filter(team__in=[pk for pk, role in actor.roles.items() if role >= Role.RESPONDER])
    else:
        names = request.POST.getlist("on_page" if which == "page" else "links")
        found = found.filter(public_id__in=[name for name in names if name.isprintable()][: bulk.LIMIT + 1])
    links = list(found[: bulk.LIMIT + 1])
    return Choice(links[: bulk.LIMIT], len(links) > bulk.LIMIT)


def _nothing(request: HttpRequest, operation: str) -> HttpResponse:
    """Back to where links are chosen, with the reason."""
    if request.method == "POST":
        words = "Choose what to do." if operation not in OPERATIONS else "Choose at least one link."
        messages.warning(request, words)
    return redirect("link_trash" if operation == "restore" else "link_list")


def _shown(outcomes: list[Outcome]) -> dict[str, object]:
    """The refusals by reason, and a sample of what changes."""
    reasons: dict[str, list[Link]] = {}
    for outcome in outcomes:
        if outcome.kind == "refused":
            reasons.setdefault(outcome.reason, []).append(outcome.link)
    done = [outcome.link for outcome in outcomes if outcome.kind == "done"]
    return {"reasons": reasons, "samples": done[:SAMPLES], "more": max(0, len(done) - SAMPLES)}
