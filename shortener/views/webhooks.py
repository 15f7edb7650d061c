"""The pages of webhooks and of their deliveries."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors
from shortener.domain import webhooks as rules
from shortener.forms.webhooks import WebhookEditForm, WebhookForm, webhook_initial
from shortener.selectors import webhooks as selectors
from shortener.services import deliveries, events, webhooks

PAGE_SIZE = 50


@login_required
@require_safe
def webhook_list(request: HttpRequest) -> HttpResponse:
    """The webhooks of this person's teams, those that were switched off first."""
    actor = actor_of(request)
    page = Paginator(selectors.webhooks(actor).order_by("disabled_at", "-pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "rows": [(hook, selectors.shown_url(actor, hook)) for hook in page],
        "may_create": people.teams_where(actor, Role.MANAGER).exists(),
    }
    return render(request, "shortener/webhook_list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_create(request: HttpRequest) -> HttpResponse:
    """Makes a webhook; the answer to the form is the only page that ever shows its secret."""
    actor = actor_of(request)
    form = WebhookForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            hook = webhooks.create_webhook(
                actor=actor, team_id=form.cleaned_data["team"].pk, values=form.values(), now=timezone.now()
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            return render(request, "shortener/webhook_secret.html", {"hook": hook, "secret": hook.secret})
    return render(request, "shortener/webhook_create.html", {"form": form})


@login_required
@require_safe
def webhook_detail(request: HttpRequest, webhook_id: str) -> HttpResponse:
    """One webhook: what it wants, whether it works, and the log of its deliveries."""
    actor = actor_of(request)
    hook = selectors.get_webhook(actor, webhook_id)
    state = request.GET.get("state", "")
    found = selectors.deliveries(hook, state=state)
    context = {
        "hook": hook,
        "shown_url": selectors.shown_url(actor, hook),
        "wanted": [
            (name, meaning) for name, meaning in rules.MEANING.items() if not hook.events or name in hook.events
        ],
        "state": state,
        "states": selectors.STATES,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("page")),
        "may_manage": actor.may(Role.MANAGER, hook.team_id),
    }
    return render(request, "shortener/webhook_detail.html", context)


@login_required
@require_safe
def webhook_delivery(request: HttpRequest, webhook_id: str, delivery_id: str) -> HttpResponse:
    """One delivery: its body and every try with status, time taken and a sample of the answer."""
    actor = actor_of(request)
    delivery = selectors.get_delivery(actor, webhook_id, delivery_id)
    context = {
        "delivery": delivery,
        "hook": delivery.webhook,
        "event_id": rules.event_id(delivery.key),
        "body": json.dumps({name: delivery.payload.get(name) for name in events.PARTS}, indent=2),
        "tries": delivery.tries.all(),
        "may_manage": actor.may(Role.MANAGER, delivery.webhook.team_id),
    }
    return render(request, "shortener/webhook_delivery.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_edit(request: HttpRequest, webhook_id: str) -> HttpResponse:
    """Changes a webhook; the change is refused when somebody else saved in the meantime."""
    actor = actor_of(request)
    hook = selectors.get_webhook(actor, webhook_id)
    actor.require(Role.MANAGER, hook.team_id)
    form = WebhookEditForm(request.POST or None, initial=webhook_initial(hook))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            webhooks.update_webhook(
                actor=actor, hook=hook, values=form.values(), expected_version=version, now=timezone.now()
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("webhook_detail", hook.public_id)
    return render(request, "shortener/webhook_edit.html", {"form": form, "hook": hook})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_switch(request: HttpRequest, webhook_id: str) -> HttpResponse:
    """Asks, then switches a webhook off, or on again."""
    actor, now = actor_of(request), timezone.now()
    hook = selectors.get_webhook(actor, webhook_id)
    actor.require(Role.MANAGER, hook.team_id)
    if request.method != "POST":
        return render(request, "shortener/webhook_switch.html", {"hook": hook})
    if request.POST.get("on") == "1":
        webhooks.enable_webhook(actor=actor, hook=hook, now=now)
        messages.success(request, "The webhook is on. Redeliver what it missed from its log.")
    else:
        webhooks.disable_webhook(actor=actor, hook=hook, reason=f"Switched off by {actor.label}.", now=now)
        messages.success(request, "The webhook is off.")
    return redirect("webhook_detail", hook.public_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_secret(request: HttpRequest, webhook_id: str) -> HttpResponse:
    """Asks, then renews the secret and shows it this once."""
    actor = actor_of(request)
    hook = selectors.get_webhook(actor, webhook_id)
    actor.require(Role.MANAGER, hook.team_id)
    secret = ""
    if request.method == "POST":
        secret = webhooks.renew_secret(actor=actor, hook=hook, now=timezone.now()).secret
    return render(request, "shortener/webhook_secret.html", {"hook": hook, "secret": secret})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhook_delete(request: HttpRequest, webhook_id: str) -> HttpResponse:
    """Asks, then removes a webhook with its log."""
    actor = actor_of(request)
    hook = selectors.get_webhook(actor, webhook_id)
    actor.require(Role.MANAGER, hook.team_id)
    if request.method != "POST":
        return render(request, "shortener/webhook_delete.html", {"hook": hook})
    webhooks.delete_webhook(actor=actor, hook=hook, now=timezone.now())
    messages.success(request, "The webhook and its log are deleted.")
    return redirect("webhook_list")


@login_required
@require_POST
def webhook_test(request: HttpRequest, webhook_id: str) -> HttpResponse:
    """Sends a test event and shows what comes of it."""
    actor = actor_of(request)
    hook = selectors.get_webhook(actor, webhook_id)
    delivery = webhooks.send_test(actor=actor, hook=hook, now=timezone.now())
    messages.success(request, "A test event is on its way; reload this page in a few seconds.")
    return redirect("webhook_delivery", hook.public_id, delivery.public_id)


@login_required
@require_POST
def webhook_redeliver(request: HttpRequest, webhook_id: str, delivery_id: str) -> HttpResponse:
    """Sends an event once more."""
    actor = actor_of(request)
    delivery = selectors.get_delivery(actor, webhook_id, delivery_id)
    deliveries.redeliver(actor=actor, delivery=delivery, now=timezone.now())
    messages.success(request, "The event is on its way again; reload this page in a few seconds.")
    return redirect("webhook_delivery", webhook_id, delivery_id)
