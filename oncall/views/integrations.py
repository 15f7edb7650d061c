"""Doors for machines."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oncall.domain import integration_settings, senders, subjects
from oncall.forms.integrations import IntegrationEditForm, IntegrationForm, TestAlertForm
from oncall.models import IncomingEvent, Integration
from oncall.selectors import doors, incoming
from oncall.services import integrations
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import Conflict, DomainError
from portal.lib.forms import add_errors

HIDDEN_KEY = "<the key>"
SHOWN_POSTS, SHOWN_ADVICE = 15, 5


@login_required
@require_safe
def integration_list(request: HttpRequest) -> HttpResponse:
    """Who may send alerts."""
    actor = actor_of(request)
    found = list(doors.integrations(actor))
    failed = incoming.failed_counts(found)
    rows = [(one, senders.KINDS.get(one.kind), failed.get(one.pk, 0)) for one in found]
    may_create = people.teams_where(actor, "manager").exists()
    return render(request, "oncall/integration_list.html", {"rows": rows, "may_create": may_create})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def integration_create(request: HttpRequest) -> HttpResponse:
    """Makes a door and shows its key once, with what to paste into the sender."""
    actor = actor_of(request)
    kind = request.GET.get("kind", "")
    form = IntegrationForm(request.POST or None, actor=actor, initial={"kind": kind})
    context: dict[str, object] = {"form": form, "kinds": senders.KINDS.values(), "kind": senders.KINDS.get(kind)}
    context["takes_mail"] = bool(settings.PORTAL_MAIL_PORT)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actor.require(Role.MANAGER, told["team"].pk)
        made, key = integrations.create_integration(
            actor=actor,
            team_id=told["team"].pk,
            service_id=told["service"].pk if told["service"] else None,
            name=told["name"],
            kind=told["kind"] or "json",
            now=timezone.now(),
        )
        context |= _key_shown(made, key)
    return render(request, "oncall/integration_create.html", context)


@login_required
@require_safe
def integration_detail(request: HttpRequest, id: str) -> HttpResponse:
    """One door: what came in last and what became of it, its limits, and what to paste into the sender."""
    actor = actor_of(request)
    integration = doors.get_integration(actor, id)
    failed, now = "failed" in request.GET, timezone.now()
    posts = incoming.latest(integration, SHOWN_POSTS, failed=failed)
    context = {
        "integration": integration,
        "kind": senders.KINDS.get(integration.kind),
        "settings": integration_settings.shown(integration.settings),
        "is_signed": bool(integration.settings.get(integration_settings.SECRET)),
        "posts": posts,
        "only_failed": failed,
        "pace": incoming.pace(integration, now),
        "advice": _advice(posts),
        "takes_mail": bool(settings.PORTAL_MAIL_PORT),
        "waiting": incoming.waiting_count(integration),
        "can_retry": any(post.status == post.Status.FAILED and post.signals for post in posts),
        "may_manage": actor.may(Role.MANAGER, integration.team_id),
        "test_form": TestAlertForm(),
        "snippets": _snippets(integration, HIDDEN_KEY),
        "now": now,
    }
    return render(request, "oncall/integration_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def integration_edit(request: HttpRequest, id: str) -> HttpResponse:
    """Changes limits, words, grouping and the secret."""
    actor, integration = _managed(request, id)
    form = IntegrationEditForm(request.POST or None, actor=actor, integration=integration)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"facts": form.facts(), "settings": form.settings()}
        try:
            integrations.update_integration(actor=actor, integration=integration, **told, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{form.cleaned_data['name']} is saved.")
            return redirect("integration_detail", integration.public_id)
    return render(request, "oncall/integration_edit.html", {"form": form, "integration": integration})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def integration_rotate(request: HttpRequest, id: str) -> HttpResponse:
    """Asks, then shows another key; the present one stays good for a day, or is ended at once."""
    actor, integration = _managed(request, id)
    context: dict[str, object] = {"integration": integration}
    if request.method == "POST" and "end" in request.POST:
        integrations.end_previous_key(actor=actor, integration=integration, now=timezone.now())
        messages.success(request, "Only the present key is good now.")
        return redirect("integration_detail", integration.public_id)
    if request.method == "POST":
        made, key = integrations.rotate_key(actor=actor, integration=integration, now=timezone.now())
        context |= _key_shown(made, key)
    return render(request, "oncall/integration_rotate.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def integration_revoke(request: HttpRequest, id: str) -> HttpResponse:
    """Asks, then closes a door for good."""
    actor, integration = _managed(request, id)
    if request.method == "POST":
        integrations.revoke_integration(actor=actor, integration=integration, now=timezone.now())
        messages.success(request, f"{integration} can no longer send alerts.")
        return redirect("integration_list")
    return render(request, "oncall/integration_revoke.html", {"integration": integration})


@login_required
@require_POST
def integration_test(request: HttpRequest, id: str) -> HttpResponse:
    """Sends a test alert by the way of real ones."""
    actor, integration = _managed(request, id)
    form = TestAlertForm(request.POST)
    severity = form.cleaned_data["severity"] if form.is_valid() else "info"
    try:
        integrations.send_test(actor=actor, integration=integration, severity=severity, now=timezone.now())
    except Conflict as error:
        messages.error(request, error.detail)
    else:
        messages.success(request, "The test alert is on its way; it stands below and in the inbox within seconds.")
    return redirect("integration_detail", integration.public_id)


@login_required
@require_POST
def integration_retry(request: HttpRequest, id: str) -> HttpResponse:
    """Tries again what failed."""
    actor, integration = _managed(request, id)
    count = integrations.retry_failed(actor=actor, integration=integration, now=timezone.now())
    messages.success(request, f"{count} {'post is' if count == 1 else 'posts are'} tried again.")
    return redirect("integration_detail", integration.public_id)


def _advice(posts: list[IncomingEvent]) -> list[tuple[str, list[str]]]:
    """The subjects among these posts that break the rules of subjects, each with what is wrong."""
    titles = dict.fromkeys(str(one.get("title", "")) for post in posts for one in post.signals)
    told = [(title, subjects.problems(title)) for title in titles if title]
    return [(title, wrong) for title, wrong in told if wrong][:SHOWN_ADVICE]


def _managed(request: HttpRequest, id: str) -> tuple[Actor, Integration]:
    actor = actor_of(request)
    integration = doors.get_integration(actor, id)
    actor.require(Role.MANAGER, integration.team_id)
    return actor, integration


def _snippets(integration: Integration, key: str) -> list[senders.Snippet]:
    kind = integration.kind if integration.kind in senders.KINDS else "json"
    service = integration.service.slug if integration.service else ""
    port = settings.PORTAL_MAIL_PORT or 25
    hosts = (settings.PORTAL_BASE_URL, key, settings.PORTAL_MAIL_HOST)
    return senders.snippets(kind, *hosts, mail_port=port, service=service)


def _key_shown(integration: Integration, key: str) -> dict[str, object]:
    url = senders.address(integration.kind, settings.PORTAL_BASE_URL, key, settings.PORTAL_MAIL_HOST)
    return {"integration": integration, "key": key, "url": url, "snippets": _snippets(integration, key)}
