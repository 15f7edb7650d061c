"""The board of action items, adding one, changing one."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from postmortems import selectors
from postmortems.domain import actions
from postmortems.forms import ActionItemEditForm, ActionItemForm, ItemFilterForm
from postmortems.selectors.action_items import search
from postmortems.services import action_items
from postmortems.views.pages import run_form, writable

PAGE = 50


@login_required
@require_safe
def action_item_list(request: HttpRequest) -> HttpResponse:
    """The action items that this person may see: open ones unless the filter says otherwise."""
    actor, now = actor_of(request), timezone.now()
    form = ItemFilterForm(request.GET or None, actor=actor)
    values = form.cleaned_data if form.is_bound and form.is_valid() else {}
    show = values.get("show") or "open"
    team = values.get("team")
    found = search(
        selectors.action_items(actor),
        now=now,
        text=(values.get("q") or "").strip(),
        show="" if show == "all" else show,
        owner_id=actor.user_id,
        team=team.slug if team else "",
    )
    context = {
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "filter_form": form,
        "show": show,
        "today": now.date(),
        "open_count": selectors.open_action_items(actor).count(),
        "overdue_count": selectors.overdue_action_items(actor, now).count(),
    }
    return render(request, "postmortems/action_item_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_item_create(request: HttpRequest, postmortem_id: str) -> HttpResponse:
    """Adds an action item to a postmortem."""
    postmortem = writable(request, postmortem_id)
    form = ActionItemForm(request.POST or None)
    return run_form(
        request,
        form=form,
        template="postmortems/action_item_create.html",
        context={"postmortem": postmortem},
        submit=lambda values: action_items.add_item(
            actor=actor_of(request), postmortem=postmortem, now=timezone.now(), **form.facts(values)
        ),
        done=resolve_url("postmortem_detail", postmortem.public_id) + "#items",
        message="Added.",
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def action_item_edit(request: HttpRequest, item_id: str) -> HttpResponse:
    """Changes an action item; whoever may only read it gets a page to read."""
    actor = actor_of(request)
    item = selectors.get_action_item(actor, item_id)
    if request.method == "POST":
        actor.require(Role.RESPONDER, item.team_id)
    initial = {name: getattr(item, name) for name in (*action_items.FIELDS, "version") if name != "owner_id"}
    form = ActionItemEditForm(request.POST or None, initial={**initial, "owner": item.owner_id})
    back = resolve_url("postmortem_detail", item.postmortem.public_id) if item.postmortem else None
    return run_form(
        request,
        form=form,
        template="postmortems/action_item_edit.html",
        context={
            "item": item,
            "may_write": actor.may(Role.RESPONDER, item.team_id),
            "is_overdue": actions.is_overdue(state=item.state, due_on=item.due_on, today=timezone.localdate()),
        },
        submit=lambda values: action_items.edit_item(
            actor=actor, item=item, version=values["version"], changes=form.facts(values), now=timezone.now()
        ),
        done=f"{back}#items" if back else resolve_url("action_item_list"),
        message="Saved.",
    )
