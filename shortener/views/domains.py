"""The pages of short domains."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors import audit, people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError, NotFound
from portal.lib.forms import add_errors
from shortener.domain import addresses, images
from shortener.forms.domains import DomainEditForm, DomainForm, domain_initial
from shortener.selectors import domains as selectors
from shortener.selectors import subjects
from shortener.services import domains

HISTORY = 10


@login_required
@require_safe
def domain_list(request: HttpRequest) -> HttpResponse:
    """The domains that this person may use or look after."""
    actor = actor_of(request)
    context = {"domains": selectors.domains(actor), "may_create": _may_create(actor)}
    return render(request, "shortener/domain_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def domain_create(request: HttpRequest) -> HttpResponse:
    """Adds a domain and says what its name server must be told."""
    actor = actor_of(request)
    form = DomainForm(request.POST or None, request.FILES or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        team = form.cleaned_data["team"]
        try:
            domain = domains.create_domain(
                actor=actor, team_id=team.pk if team else None, values=form.values(), now=timezone.now()
            )
        except DomainError as error:
            _place(form, error)
        else:
            messages.success(request, f"Links can be made under {domain.name} from now on.")
            return redirect("domain_detail", domain.public_id)
    return render(request, "shortener/domain_create.html", {"form": form, "may_create": _may_create(actor)})


@login_required
@require_safe
def domain_detail(request: HttpRequest, domain_id: str) -> HttpResponse:
    """One domain: how it is reached, what its visitors see, what is kept of a click, and what was done to it."""
    actor = actor_of(request)
    domain = selectors.get_domain(actor, domain_id)
    history = audit.narrowed(audit.entries(actor), audit.AuditFilter(target=domain.public_id)).order_by("-pk")
    context = {
        "domain": domain,
        "links": selectors.link_count(domain),
        "address": addresses.short_url(
            link_url=settings.PORTAL_LINK_URL, domain=domain.name, is_default=domain.is_default, slug=""
        ),
        "link_host": addresses.link_host(settings.PORTAL_LINK_URL),
        "history": history[:HISTORY],
        "may_change": selectors.may_change(actor, domain),
        "may_see_numbers": subjects.may_see_domain(actor, domain),
        "shown_root": domain.pages.get("root") or ({"target": domain.root_target} if domain.root_target else {}),
    }
    return render(request, "shortener/domain_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def domain_edit(request: HttpRequest, domain_id: str) -> HttpResponse:
    """Changes a domain; the change is refused when somebody else saved in the meantime."""
    actor = actor_of(request)
    domain = selectors.get_domain(actor, domain_id)
    actor.require(Role.MANAGER, domain.team_id)
    form = DomainEditForm(request.POST or None, request.FILES or None, initial=domain_initial(domain))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            domains.update_domain(
                actor=actor, domain=domain, values=form.values(), expected_version=version, now=timezone.now()
            )
        except DomainError as error:
            _place(form, error)
        else:
            messages.success(request, "Saved. Every edge knows within a second.")
            return redirect("domain_detail", domain.public_id)
    return render(request, "shortener/domain_edit.html", {"form": form, "domain": domain})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def domain_archive(request: HttpRequest, domain_id: str) -> HttpResponse:
    """Takes a domain out of service, after a question."""
    actor = actor_of(request)
    domain = selectors.get_domain(actor, domain_id)
    actor.require(Role.MANAGER, domain.team_id)
    if request.method != "POST":
        context = {"domain": domain, "links": selectors.link_count(domain)}
        return render(request, "shortener/domain_archive.html", context)
    domains.archive_domain(actor=actor, domain=domain, now=timezone.now())
    messages.success(request, f"{domain.name} is out of service.")
    return redirect("domain_list")


@login_required
@require_POST
def domain_restore(request: HttpRequest, domain_id: str) -> HttpResponse:
    """Puts an archived domain back into service."""
    actor = actor_of(request)
    domain = selectors.get_domain(actor, domain_id)
    domains.restore_domain(actor=actor, domain=domain, now=timezone.now())
    messages.success(request, f"{domain.name} is back in service, with all its links.")
    return redirect("domain_detail", domain.public_id)


@login_required
@require_safe
def domain_logo(request: HttpRequest, domain_id: str) -> HttpResponse:
    """The logo as it was uploaded."""
    data = bytes(selectors.get_domain(actor_of(request), domain_id).logo)
    found = images.read(data)
    if found is None:
        raise NotFound("This domain has no logo.")
    headers = {"Cache-Control": "private, max-age=60", "Content-Disposition": "inline"}
    return HttpResponse(data, content_type=found.media_type, headers=headers)


def _may_create(actor: Any) -> bool:
    return actor.is_administrator or people.teams_where(actor, Role.MANAGER).exists()


def _place(form: DomainEditForm, error: DomainError) -> None:
    """Puts a refusal on the form; the errors of a page go to its fields."""
    for name in [name for name in error.fields if name.endswith("_page")]:
        form.add_error(name, error.fields.pop(name))
    if error.fields or not form.errors:
        add_errors(form, error)
