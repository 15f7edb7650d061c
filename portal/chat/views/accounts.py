"""A person's accounts in chats: linking one, and taking it away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oncall.exceptions import ChatCodeWrong
from oncall.selectors import chat_identities as found_identities
from oncall.services import chat_identities
from portal.accounts.selectors.requests import actor_of
from portal.lib.errors import NotFound


@login_required
@require_safe
def chat_accounts(request: HttpRequest) -> HttpResponse:
    """The chat accounts that act as the reader."""
    found = found_identities.identities_of(actor_of(request).user_id)
    return render(request, "chat/chat_accounts.html", {"identities": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def chat_link(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows which account would act as the reader, POST links it."""
    now = timezone.now()
    try:
        if request.method == "POST":
            chat_identities.link_account(actor=actor_of(request), code=code, now=now)
            messages.success(request, "The chat account is yours now. Try the command alerts.")
            return redirect("chat_accounts")
        account = chat_identities.account_of(code, now=now)
    except ChatCodeWrong as error:
        return render(request, "chat/chat_link.html", {"error": error}, status=error.status)
    return render(request, "chat/chat_link.html", {"account": account})


@login_required
@require_POST
def chat_unlink(request: HttpRequest, id: int) -> HttpResponse:
    """Takes a link away."""
    actor = actor_of(request)
    identity = found_identities.identities_of(actor.user_id).filter(pk=id).first()
    if identity is None:
        raise NotFound("There is no such chat account of yours.")
    chat_identities.unlink_account(actor=actor, identity=identity, now=timezone.now())
    messages.success(request, "The chat account may do nothing here any more.")
    return redirect("chat_accounts")
