"""The list of postmortems, making one, reading it, changing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from incidents import selectors as incidents
from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from postmortems import selectors
from postmortems.domain import states
from postmortems.forms import EventForm, FilterForm, PostmortemForm
from postmortems.models import Postmortem
from postmortems.selectors import documents as reads
from postmortems.services import documents, drafts
from postmortems.views.pages import run_form, writable

PAGE = 50


@login_required
@require_safe
def postmortem_list(request: HttpRequest) -> HttpResponse:
    """The postmortems that this person may see, the newest first."""
    actor = actor_of(request)
    form = FilterForm(request.GET or None, actor=actor)
    found = reads.with_item_counts(selectors.postmortems(actor))
    if form.is_bound and form.is_valid():
        team = form.cleaned_data["team"]
        found = reads.search(
            found,
            text=form.cleaned_data["q"].strip(),
            state=form.cleaned_data["state"],
            team=team.slug if team else "",
        )
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "filter_form": form, "today": timezone.localdate()}
    return render(request, "postmortems/postmortem_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def postmortem_create(request: HttpRequest) -> HttpResponse:
    """Drafts from an incident (`?incident=`), after one click to confirm, or begins one for an event."""
    actor, now = actor_of(request), timezone.now()
    incident = incidents.get_incident(actor, request.GET["incident"]) if "incident" in request.GET else None
    if incident is not None:
        found = selectors.postmortem_of(actor, incident)
        if found is not None:
            return redirect("postmortem_detail", found.public_id)
        if request.method == "POST":
            made = drafts.draft_from_incident(actor=actor, incident=incident, now=now)
            messages.success(request, "Drafted: the timeline is copied and the impact computed.")
            return redirect("postmortem_edit", made.public_id)
    form = EventForm(request.POST or None, actor=actor)
    made_here: list[Postmortem] = []
    response = run_form(
        request,
        form=form,
        template="postmortems/postmortem_create.html",
        context={"incident": incident},
        submit=lambda values: made_here.append(drafts.draft_for_event(actor=actor, now=now, **values)),
        done="postmortem_list",
        message="Drafted.",
    )
    return redirect("postmortem_edit", made_here[0].public_id) if made_here else response


@login_required
@require_safe
def postmortem_detail(request: HttpRequest, postmortem_id: str) -> HttpResponse:
    """The document, made for reading and for printing; `?version=public` shows what the public version would."""
    actor = actor_of(request)
    postmortem = selectors.get_postmortem(actor, postmortem_id)
    is_public = request.GET.get("version") == "public"
    shown = reads.shown_sections(postmortem)
    may_write = actor.may(Role.RESPONDER, postmortem.team_id)
    context = {
        "postmortem": postmortem,
        "sections": [pair for pair in shown if pair[1].is_public or not is_public],
        "is_public": is_public,
        "incidents": reads.covered_incidents(actor, postmortem),
        "impacts": postmortem.impacts.all(),
        "timeline": postmortem.timeline.all(),
        "items": postmortem.items.select_related("owner"),
        "reviews": postmortem.reviews.select_related("user"),
        "findings": selectors.findings(postmortem, today=timezone.localdate()) if may_write else [],
        "language": reads.language_findings(postmortem) if may_write else [],
        "may_write": may_write,
        "steps": [state.value for state in states.State if states.may_follow(postmortem.state, state)],
        "today": timezone.localdate(),
    }
    return render(request, "postmortems/postmortem_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def postmortem_edit(request: HttpRequest, postmortem_id: str) -> HttpResponse:
    """Changes the document; every save is a version."""
    postmortem = writable(request, postmortem_id)
    initial: dict[str, Any] = {
        "title": postmortem.title,
        "owner": postmortem.owner_id,
        "due_on": postmortem.due_on,
        "version": postmortem.version,
    }
    form = PostmortemForm(request.POST or None, postmortem=postmortem, initial=initial)
    return run_form(
        request,
        form=form,
        template="postmortems/postmortem_edit.html",
        context={"postmortem": postmortem},
        submit=lambda values: documents.edit(
            actor=actor_of(request),
            postmortem=postmortem,
            version=values["version"],
            fields=form.facts(values),
            texts=form.texts(values),
            public=form.public(values),
            now=timezone.now(),
        ),
        done=resolve_url("postmortem_detail", postmortem.public_id),
        message="Saved as a new version.",
    )
