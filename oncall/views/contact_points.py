"""Contact points: rooms and programs that policies page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oncall.clients import channels
from oncall.forms.contact_points import ContactPointForm
from oncall.models import ContactPoint
from oncall.selectors import contact_points as found_points
from oncall.selectors import step_uses
from oncall.services import contact_points, contacts
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors


@login_required
@require_safe
def contact_point_list(request: HttpRequest) -> HttpResponse:
    """The contact points of the reader's teams, with what went wrong last."""
    actor = actor_of(request)
    rows = [(point, channels.label_of(point.kind)) for point in found_points.contact_points(actor)]
    may_create = people.teams_where(actor, "manager").exists()
    return render(request, "oncall/contact_point_list.html", {"rows": rows, "may_create": may_create})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_point_create(request: HttpRequest) -> HttpResponse:
    """Asks which kind it is, then for its address."""
    actor = actor_of(request)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    form = ContactPointForm(request.POST or None, actor=actor, kind=kind)
    kinds = [one for one in channels.ALL if one.for_teams]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actor.require(Role.MANAGER, told["team"].pk)
        facts = {"name": told["name"], "kind": told["kind"], "address": told["address"]}
        try:
            point = contact_points.create_point(actor=actor, team_id=told["team"].pk, **facts, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Made. Try it before a policy names it.")
            return redirect("contact_point_detail", point.public_id)
    context = {"form": form, "kinds": kinds, "kind": channels.CHANNELS.get(kind)}
    return render(request, "oncall/contact_point_create.html", context)


@login_required
@never_cache
@require_safe
def contact_point_detail(request: HttpRequest, id: str) -> HttpResponse:
    """One contact point: how it fares, its secret for whoever may change it, and what may be done."""
    actor = actor_of(request)
    point = found_points.get_contact_point(actor, id)
    may_manage = actor.may(Role.MANAGER, point.team_id)
    secrets = contacts.signing_secret(point).split(",") if may_manage and point.kind == "webhook" else []
    uses = step_uses.named_by(actor, "point", point.pk)
    context = {"point": point, "label": channels.label_of(point.kind), "secrets": secrets}
    context |= {"may_manage": may_manage, "uses": uses}
    return render(request, "oncall/contact_point_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_point_edit(request: HttpRequest, id: str) -> HttpResponse:
    """Changes name and address."""
    actor, point = _managed(request, id)
    form = ContactPointForm(request.POST or None, actor=actor, kind=point.kind, point=point)
    if request.method == "POST" and form.is_valid():
        told = {"name": form.cleaned_data["name"], "address": form.cleaned_data["address"]}
        try:
            contact_points.update_point(actor=actor, point=point, **told, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("contact_point_detail", point.public_id)
    return render(request, "oncall/contact_point_edit.html", {"form": form, "point": point})


@login_required
@require_POST
def contact_point_test(request: HttpRequest, id: str) -> HttpResponse:
    """Says something there."""
    actor, point = _managed(request, id)
    try:
        tried = contact_points.try_point(actor=actor, point=point, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.detail)
        return redirect("contact_point_detail", point.public_id)
    label = channels.label_of(point.kind)
    if tried.problem:
        messages.error(request, f"It did not arrive. {label} answered: {tried.problem}")
    else:
        messages.success(request, f"It was taken: look whether it arrived. {label} answered: {tried.answer}")
    return redirect("contact_point_detail", point.public_id)


@login_required
@require_POST
def contact_point_secret(request: HttpRequest, id: str) -> HttpResponse:
    """Another secret beside the present one; or the end of the old one."""
    actor, point = _managed(request, id)
    change = contact_points.end_old_secret if "end" in request.POST else contact_points.rotate_secret
    change(actor=actor, point=point, now=timezone.now())
    messages.success(request, "Only the newest secret signs." if "end" in request.POST else "Both secrets sign now.")
    return redirect("contact_point_detail", point.public_id)


@login_required
@require_POST
def contact_point_switch(request: HttpRequest, id: str) -> HttpResponse:
    """Off, or on again."""
    actor, point = _managed(request, id)
    is_on = request.POST.get("on") == "1"
    contact_points.switch(actor=actor, point=point, is_on=is_on, now=timezone.now())
    messages.success(request, "It is paged again." if is_on else "Nobody is paged there any more.")
    return redirect("contact_point_detail", point.public_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_point_delete(request: HttpRequest, id: str) -> HttpResponse:
    """Asks, then removes it."""
    actor, point = _managed(request, id)
    if request.method == "POST":
        try:
            contact_points.remove_point(actor=actor, point=point, now=timezone.now())
        except DomainError as error:
            messages.error(request, error.detail)
            return redirect("contact_point_detail", point.public_id)
        messages.success(request, "Nobody is paged there any more.")
        return redirect("contact_point_list")
    return render(request, "oncall/contact_point_delete.html", {"point": point})


def _managed(request: HttpRequest, id: str) -> tuple[Actor, ContactPoint]:
    actor = actor_of(request)
    point = found_points.get_contact_point(actor, id)
    actor.require(Role.MANAGER, point.team_id)
    return actor, point
