"""The pages of UTM templates."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from shortener.forms.utm_templates import UtmTemplateEditForm, UtmTemplateForm
from shortener.selectors import utm_templates as selectors
from shortener.services import utm_templates


@login_required
@require_safe
def utm_template_list(request: HttpRequest) -> HttpResponse:
    """The templates of this person's teams."""
    actor = actor_of(request)
    rows = [(template, actor.may(Role.RESPONDER, template.team_id)) for template in selectors.templates(actor)]
    may_create = people.teams_where(actor, Role.RESPONDER).exists()
    return render(request, "shortener/utm_template_list.html", {"rows": rows, "may_create": may_create})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def utm_template_create(request: HttpRequest) -> HttpResponse:
    """Makes a template."""
    actor = actor_of(request)
    form = UtmTemplateForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        team_id = form.cleaned_data["team"].pk
        try:
            template = utm_templates.create_template(
                actor=actor, team_id=team_id, values=form.values(), now=timezone.now()
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f'"{template.name}" can be chosen from now on.')
            return redirect("utm_template_list")
    return render(request, "shortener/utm_template_create.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def utm_template_edit(request: HttpRequest, template_id: str) -> HttpResponse:
    """Changes a template; links that were made with it stay as they are."""
    actor = actor_of(request)
    template = selectors.get_template(actor, template_id)
    actor.require(Role.RESPONDER, template.team_id)
    form = UtmTemplateEditForm(request.POST or None, initial=utm_templates.snapshot(template))
    if request.method == "POST" and form.is_valid():
        try:
            utm_templates.update_template(actor=actor, template=template, values=form.values(), now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("utm_template_list")
    return render(request, "shortener/utm_template_edit.html", {"form": form, "template": template})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def utm_template_delete(request: HttpRequest, template_id: str) -> HttpResponse:
    """Takes a template away, after a question."""
    actor = actor_of(request)
    template = selectors.get_template(actor, template_id)
    actor.require(Role.RESPONDER, template.team_id)
    if request.method != "POST":
        return render(request, "shortener/utm_template_delete.html", {"template": template})
    utm_templates.delete_template(actor=actor, template=template, now=timezone.now())
    messages.success(request, f'"{template.name}" is gone.')
    return redirect("utm_template_list")
