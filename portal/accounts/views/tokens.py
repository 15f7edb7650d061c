"""A person's own API tokens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.forms import TokenForm
from portal.accounts.selectors import tokens as stored_tokens
from portal.accounts.selectors.requests import actor_of
from portal.accounts.services import tokens
from portal.accounts.views.profile import person
from portal.lib.errors import DomainError
from portal.lib.forms import add_errors


@login_required
@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    """This person's tokens with their scopes and last use."""
    now = timezone.now()
    found = [(token, token.state(now)) for token in stored_tokens.own_tokens(actor_of(request))]
    found.sort(key=lambda row: row[1] != "active")
    return render(request, "accounts/token_list.html", {"tokens": found})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_create(request: HttpRequest) -> HttpResponse:
    """Makes a token; the answer to the form is the only page that ever shows its secret."""
    actor = actor_of(request)
    form = TokenForm(request.POST or None, actor=actor)
    context = {"form": form}
    if request.method == "POST" and form.is_valid():
        data, now = form.cleaned_data, timezone.now()
        try:
            issued = tokens.create_token(
                actor=actor,
                user=person(request),
                name=data["name"],
                scopes=data["scopes"],
                team=data["team"],
                expires_at=form.expires_at(now),
                now=now,
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            return render(request, "accounts/token_create.html", {"issued": issued})
    return render(request, "accounts/token_create.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def token_revoke(request: HttpRequest, token_id: str) -> HttpResponse:
    """Asks, then ends a token for good."""
    actor = actor_of(request)
    token = stored_tokens.get_token(actor, token_id)
    back = ("service_account_detail", token.service_account.public_id) if token.service_account else ("token_list",)
    if request.method == "POST":
        tokens.revoke_token(actor=actor, token=token, now=timezone.now())
        messages.success(request, f"The token {token.name} is revoked.")
        return redirect(*back)
    return render(request, "accounts/token_revoke.html", {"token": token})
