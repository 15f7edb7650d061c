"""The pages of releases."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors.requests import actor_of
from portal.catalog import selectors as catalog
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from slo.domain import snippets
from slo.domain.releases import CLOSED, next_stage
from slo.forms.parts import managed_services
from slo.forms.releases import ReleaseEditForm, ReleaseFilterForm, ReleaseForm, RollbackForm, StageForm
from slo.models import Release
from slo.selectors import gates
from slo.selectors import releases as selectors
from slo.selectors.versions import share_of
from slo.services import releases, stages

PAGE_SIZE = 50
SHOWN = 10


@login_required
@require_safe
def release_list(request: HttpRequest) -> HttpResponse:
    """The releases that this person may see, the latest first; of one service with its gate."""
    actor, now = actor_of(request), timezone.now()
    form = ReleaseFilterForm(request.GET or None, actor=actor)
    wanted = form.wanted()
    service = catalog.get_service(actor, wanted["service"]) if "service" in wanted else None
    context = {
        "filter_form": form,
        "page": Paginator(selectors.search(selectors.releases(actor), **wanted), PAGE_SIZE).get_page(
            request.GET.get("page")
        ),
        "service": service,
        "gate": gates.gate(service_id=service.pk, now=now) if service else None,
        "may_create": actor.is_administrator or any(role >= Role.RESPONDER for role in actor.roles.values()),
    }
    return render(request, "slo/release_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release_create(request: HttpRequest) -> HttpResponse:
    """Records a release by hand."""
    actor, now = actor_of(request), timezone.now()
    services = managed_services(actor, Role.RESPONDER)
    form = ReleaseForm(request.POST or None, services=services, initial={"service": request.GET.get("service", "")})
    if request.method == "POST" and form.is_valid():
        service = catalog.get_service(actor, form.cleaned_data["service"])
        try:
            release = releases.record_release(actor=actor, service=service, now=now, **form.facts())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{service.name} {release.version} is recorded.")
            return redirect("release_detail", release.public_id)
    return render(request, "slo/release_create.html", {"form": form, "services": services})


@login_required
@require_safe
def release_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One release: what came with it, how far it is, who vouches for it."""
    actor, now = actor_of(request), timezone.now()
    release = selectors.get_release(actor, public_id)
    asked = gates.evaluations(actor).filter(service=release.service, environment=release.environment)
    is_open = release.status not in CLOSED
    following = next_stage(release.strategy, release.rollout_ratio) if is_open else None
    context = {
        "release": release,
        "stages": release.stages.all(),
        "next_stage": following,
        "next_percentage": f"{following[1] * 100:f}" if following else "",
        "rollback": release.rollbacks.first(),
        "evaluations": asked.filter(version=release.version)[:SHOWN],
        "share": share_of(release.service, environment=release.environment, now=now),
        "may_change": actor.may(Role.RESPONDER, release.service.team_id),
        "is_open": is_open,
        "stage_form": StageForm(),
        "rollback_form": RollbackForm(),
    }
    return render(request, "slo/release_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def release_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Corrects what is known of a release."""
    release = _mine(request, public_id)
    form = ReleaseEditForm(request.POST or None, release=release)
    if request.method == "POST" and form.is_valid():
        now, facts = timezone.now(), form.cleaned_data
        try:
            releases.change_release(actor=actor_of(request), release=release, now=now, **facts)
        except DomainError as error:
            add_errors(form, error)
        else:
            return redirect("release_detail", public_id)
    return render(request, "slo/release_edit.html", {"form": form, "release": release})


@login_required
@require_POST
def release_move(request: HttpRequest, public_id: str) -> HttpResponse:
    """The release reaches another share of all."""
    release, form = _mine(request, public_id), StageForm(request.POST)
    if not form.is_valid():
        return _refused(request, release, "Give a percentage from 0 to 100.")
    actor, now = actor_of(request), timezone.now()
    return _done(request, release, lambda: stages.move_release(actor=actor, release=release, now=now, **form.facts()))


@login_required
@require_POST
def release_validate(request: HttpRequest, public_id: str) -> HttpResponse:
    """This person vouches for the release."""
    release, actor, now = _mine(request, public_id), actor_of(request), timezone.now()
    return _done(request, release, lambda: releases.validate_release(actor=actor, release=release, now=now))


@login_required
@require_POST
def release_rollback(request: HttpRequest, public_id: str) -> HttpResponse:
    """Records that the release was taken back."""
    release, form = _mine(request, public_id), RollbackForm(request.POST)
    if not form.is_valid():
        return _refused(request, release, "The reason or the version is too long.")
    actor, now, facts = actor_of(request), timezone.now(), form.cleaned_data
    try:
        back = releases.roll_back(actor=actor, release=release, now=now, **facts)
    except DomainError as error:
        return _refused(request, release, _told(error))
    messages.success(request, f"{release.service.name} went back to {back.version}.")
    return redirect("release_detail", back.public_id)


@login_required
@require_safe
def release_snippets(request: HttpRequest) -> HttpResponse:
    """What a pipeline runs to ask the gate and to record a release."""
    actor = actor_of(request)
    services = catalog.services(actor)
    chosen = services.filter(slug=request.GET.get("service", "")).first() or services.first()
    slug = chosen.slug if chosen else "my-service"
    portal = settings.PORTAL_BASE_URL
    context = {
        "services": services,
        "service": chosen,
        "snippets": [
            ("GitHub Actions", ".github/workflows/release.yml", snippets.github(portal, slug)),
            ("GitLab CI", ".gitlab-ci.yml", snippets.gitlab(portal, slug)),
            ("Any shell, with curl", "release.sh", snippets.shell(portal, slug)),
        ],
        "portal": portal,
    }
    return render(request, "slo/release_snippets.html", context)


def _mine(request: HttpRequest, public_id: str) -> Release:
    actor = actor_of(request)
    release = selectors.get_release(actor, public_id)
    actor.require(Role.RESPONDER, release.service.team_id)
    return release


def _done(request: HttpRequest, release: Release, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except DomainError as error:
        return _refused(request, release, _told(error))
    return redirect("release_detail", release.public_id)


def _refused(request: HttpRequest, release: Release, text: str) -> HttpResponse:
    messages.error(request, text)
    return redirect("release_detail", release.public_id)


def _told(error: DomainError) -> str:
    return " ".join(text for texts in error.fields.values() for text in texts) or error.detail
