"""Saved filters of the list of links: keep, rename, forget."""

from urllib.parse import parse_qsl

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from shortener.domain.filter_words import told
from shortener.forms.saved_filter import RenameFilterForm, SavedFilterForm
from shortener.selectors.saved_filters import address_of, get_saved_filter, saved_filters
from shortener.services import saved_filters as services


@login_required
@require_safe
def saved_filter_list(request: HttpRequest) -> HttpResponse:
    """The filters of this person and of their teams."""
    actor = actor_of(request)
    rows = [
        {
            "saved": saved,
            "query": address_of(saved),
            "told": told(saved.query),
            "may_change": services.may_change(actor, saved),
        }
        for saved in saved_filters(actor)
    ]
    return render(request, "shortener/saved_filter_list.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_filter_create(request: HttpRequest) -> HttpResponse:
    """Keeps the filter that the list shows under a name."""
    actor = actor_of(request)
    form = SavedFilterForm(request.POST or None, actor=actor, initial={"query": request.GET.urlencode()})
    if request.method == "POST" and form.is_valid():
        query, team = dict(parse_qsl(form.cleaned_data["query"])), form.cleaned_data["team"]
        try:
            saved = services.save_filter(
                actor=actor,
                name=form.cleaned_data["name"],
                query=query,
                team_id=team.pk if team else None,
                now=timezone.now(),
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"Kept as {saved.name}.")
            return redirect(f"{reverse('link_list')}?{address_of(saved)}")
    words = told(dict(parse_qsl(form["query"].value() or "")))
    return render(request, "shortener/saved_filter_create.html", {"form": form, "words": words})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_filter_edit(request: HttpRequest, filter_id: str) -> HttpResponse:
    """Gives a filter another name."""
    actor = actor_of(request)
    saved = get_saved_filter(actor, filter_id)
    services.require_owner(actor, saved)
    form = RenameFilterForm(request.POST or None, initial={"name": saved.name})
    if request.method == "POST" and form.is_valid():
        try:
            services.update_filter(actor=actor, saved=saved, values=form.cleaned_data, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("saved_filter_list")
    return render(request, "shortener/saved_filter_edit.html", {"form": form, "saved": saved})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def saved_filter_delete(request: HttpRequest, filter_id: str) -> HttpResponse:
    """Forgets a filter."""
    actor = actor_of(request)
    saved = get_saved_filter(actor, filter_id)
    services.require_owner(actor, saved)
    if request.method != "POST":
        return render(request, "shortener/saved_filter_delete.html", {"saved": saved})
    services.delete_filter(actor=actor, saved=saved, now=timezone.now())
    messages.success(request, "The filter is gone; the links stay.")
    return redirect("saved_filter_list")
