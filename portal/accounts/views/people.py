"""All people of the portal, for administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.domain.actors import Actor
from portal.accounts.models import User
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.accounts.services import users

PAGE_SIZE = 50


@login_required
@require_safe
def user_list(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and the teams they are in."""
    actor_of(request).require_administrator()
    page = Paginator(people.everybody(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "accounts/user_list.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def user_switch(request: HttpRequest, user_id: str) -> HttpResponse:
    """Asks, then ends an account (`active` is empty) or restores it; sessions and tokens stop and start with it."""
    actor, user = _administered(request, user_id)
    if request.method != "POST":
        return render(request, "accounts/user_switch.html", {"person": user})
    is_active = bool(request.POST.get("active"))
    users.set_active(actor=actor, user=user, is_active=is_active, now=timezone.now())
    messages.success(request, f"The account of {user} {'works again' if is_active else 'has ended'}.")
    return redirect("user_list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def user_administrator(request: HttpRequest, user_id: str) -> HttpResponse:
    """Asks, then makes a person an administrator, or one no longer (`administrator` is empty)."""
    actor, user = _administered(request, user_id)
    if request.method != "POST":
        return render(request, "accounts/user_administrator.html", {"person": user})
    wanted = bool(request.POST.get("administrator"))
    users.set_administrator(actor=actor, user=user, is_administrator=wanted, now=timezone.now())
    messages.success(request, f"{user} is {'now an' if wanted else 'no longer an'} administrator.")
    return redirect("user_list")


def _administered(request: HttpRequest, user_id: str) -> tuple[Actor, User]:
    """Who asks, an administrator, and about whom."""
    actor = actor_of(request)
    actor.require_administrator()
    return actor, people.get_user(user_id)
