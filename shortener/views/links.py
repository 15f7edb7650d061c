"""The pages of one link: make it, see it, change it, switch it off and on, delete it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from shortener.forms import LinkEditForm, LinkForm, initial_of
from shortener.models import Link, LinkState
from shortener.selectors import figures, finding, history, link_facts, stats, subjects, usage
from shortener.services import creation_budgets, links, trash

HISTORY = 20


@login_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def link_create(request: HttpRequest) -> HttpResponse:
    """Makes a link and shows it."""
    actor = actor_of(request)
    handed_over = {name: request.GET.get(name, "") for name in ("target", "title", "slug", "domain")}
    form = LinkForm(request.POST or None, actor=actor, initial=handed_over)
    if request.method == "POST" and not form.rearranged and form.is_valid():
        try:
            creation_budgets.spend(actor=actor, now=timezone.now())
            link = links.create_link(
                actor=actor,
                team_id=form.cleaned_data["team"].pk,
                values=form.values(),
                slug=form.cleaned_data["slug"] or None,
                domain=form.cleaned_data["domain"],
                now=timezone.now(),
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{finding.short_url(link)} works from now on.")
            return redirect("link_detail", link.public_id)
    context = {"form": form, "near_quotas": usage.near_quotas(actor, now=timezone.now())}
    return render(request, "shortener/link_create.html", context)


@login_required
@require_safe
def link_detail(request: HttpRequest, link_id: str) -> HttpResponse:
    """One link: its address, its clicks over a range, and what was done to it."""
    actor, now = actor_of(request), timezone.now()
    link = finding.any_link(actor, link_id)
    if link.state == LinkState.DELETED:
        return _deleted(request, actor, link)
    zone, key = timezone.get_current_timezone(), request.GET.get("range", "")
    total = stats.link_totals([link.pk])[link.pk]
    context = {
        "link": link,
        "short_url": finding.short_url(link),
        "state": link_facts.state_of(link, people=total.people, now=now),
        "total": total,
        "rule_lines": link_facts.rule_lines(link),
        "remembered_for": link_facts.remembered_for(link),
        "dead": link_facts.dead_check(link),
        "figures": figures.preset_figures(subjects.of_link(link), key, zone=zone, now=now),
        "lines": [history.line(entry) for entry in history.entries(actor, link)[:HISTORY]],
        "may_edit": actor.may(Role.RESPONDER, link.team_id),
    }
    return render(request, "shortener/link_detail.html", context)


def _deleted(request: HttpRequest, actor: Actor, link: Link) -> HttpResponse:
    """Until when a deleted link can be restored, and by whom."""
    context = {
        "link": link,
        "short_url": finding.short_url(link),
        "purged_at": trash.purged_at(link),
        "may_restore": bool(link.target) and actor.may(Role.RESPONDER, link.team_id),
    }
    return render(request, "shortener/link_deleted.html", context, status=410)


@login_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def link_edit(request: HttpRequest, link_id: str) -> HttpResponse:
    """Changes a link; the change is refused when somebody else saved in the meantime."""
    actor = actor_of(request)
    link = finding.get_link(actor, link_id)
    actor.require(Role.RESPONDER, link.team_id)
    form = LinkEditForm(request.POST or None, actor=actor, initial=initial_of(link))
    if request.method == "POST" and not form.rearranged and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            links.update_link(
                actor=actor, link=link, values=form.values(), expected_version=version, now=timezone.now()
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Saved. Every edge knows within a second.")
            return redirect("link_detail", link.public_id)
    return render(
        request, "shortener/link_edit.html", {"form": form, "link": link, "short_url": finding.short_url(link)}
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_disable(request: HttpRequest, link_id: str) -> HttpResponse:
    """Stops a link until it is enabled again."""
    return _confirmed(request, link_id, "shortener/link_disable.html", links.disable_link, "The link is off.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_enable(request: HttpRequest, link_id: str) -> HttpResponse:
    """Starts a disabled link again."""
    return _confirmed(request, link_id, "shortener/link_enable.html", links.enable_link, "The link works again.")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_delete(request: HttpRequest, link_id: str) -> HttpResponse:
    """Puts a link into the trash."""
    done = "The link is in the trash, from where it can be restored."
    return _confirmed(request, link_id, "shortener/link_delete.html", links.delete_link, done, back_to_list=True)


def _confirmed(
    request: HttpRequest,
    link_id: str,
    template: str,
    act: Callable[..., Link],
    done: str,
    *,
    back_to_list: bool = False,
) -> HttpResponse:
    """Asks on GET and acts on POST."""
    actor = actor_of(request)
    link = finding.get_link(actor, link_id)
    actor.require(Role.RESPONDER, link.team_id)
    if request.method != "POST":
        return render(request, template, {"link": link, "short_url": finding.short_url(link)})
    act(actor=actor, link=link, now=timezone.now())
    messages.success(request, done)
    return redirect("link_list") if back_to_list else redirect("link_detail", link.public_id)
