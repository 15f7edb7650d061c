"""Identities of programs: service accounts and their tokens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.roles import Role
from portal.accounts.forms import ServiceAccountEditForm, ServiceAccountForm, ServiceAccountTokenForm
from portal.accounts.selectors import people
from portal.accounts.selectors import tokens as stored_tokens
from portal.accounts.selectors.requests import actor_of
from portal.accounts.services import service_accounts, tokens
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors


@login_required
@require_safe
def service_account_list(request: HttpRequest) -> HttpResponse:
    """The service accounts of the teams that this person may see."""
    actor = actor_of(request)
    context = {
        "accounts": stored_tokens.service_accounts(actor),
        "may_create": people.teams_where(actor, Role.MANAGER).exists(),
    }
    return render(request, "accounts/service_account_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def service_account_create(request: HttpRequest) -> HttpResponse:
    """Makes a service account in a team that this person manages."""
    actor = actor_of(request)
    form = ServiceAccountForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        try:
            account = service_accounts.create_service_account(actor=actor, now=timezone.now(), **data)
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"The service account {account.name} is there. Make a token for it now.")
            return redirect("service_account_detail", account.public_id)
    return render(request, "accounts/service_account_create.html", {"form": form})


@login_required
@require_safe
def service_account_detail(request: HttpRequest, account_id: str) -> HttpResponse:
    """One service account and its tokens."""
    actor, now = actor_of(request), timezone.now()
    account = stored_tokens.get_service_account(actor, account_id)
    context = {
        "account": account,
        "tokens": [(token, token.state(now)) for token in account.tokens.select_related("team")],
        "may_manage": actor.may(Role.MANAGER, account.team_id),
    }
    return render(request, "accounts/service_account_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def service_account_edit(request: HttpRequest, account_id: str) -> HttpResponse:
    """Changes a service account, or switches it off with all its tokens."""
    actor = actor_of(request)
    account = stored_tokens.get_service_account(actor, account_id)
    actor.require(Role.MANAGER, account.team_id)
    form = ServiceAccountEditForm(request.POST or None, initial=service_accounts.shown(account))
    if request.method == "POST" and form.is_valid():
        data = {**form.cleaned_data, "role": Role(form.cleaned_data["role"])}
        service_accounts.update_service_account(actor=actor, account=account, now=timezone.now(), **data)
        messages.success(request, f"The service account {account.name} is saved.")
        return redirect("service_account_detail", account.public_id)
    return render(request, "accounts/service_account_edit.html", {"form": form, "account": account})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def service_account_token(request: HttpRequest, account_id: str) -> HttpResponse:
    """Makes a token of a service account and shows it once."""
    actor = actor_of(request)
    account = stored_tokens.get_service_account(actor, account_id)
    actor.require(Role.MANAGER, account.team_id)
    form = ServiceAccountTokenForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        try:
            issued = tokens.create_token(
                actor=actor,
                service_account=account,
                name=data["name"],
                scopes=data["scopes"],
                expires_at=form.expires_at(now),
                now=now,
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            return render(request, "accounts/service_account_token.html", {"issued": issued, "account": account})
    return render(request, "accounts/service_account_token.html", {"form": form, "account": account})
