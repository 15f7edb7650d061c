"""All people of the portal, for administrators."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

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
@require_POST
def user_switch(request: HttpRequest, user_id: str) -> HttpResponse:
    """Ends an account (`active` is empty) or restores it; sessions and tokens stop and start with it."""
    user = users.set_active(
        actor=actor_of(request),
        user=people.get_user(user_id),
        is_active=bool(request.POST.get("active")),
        now=timezone.now(),
    )
    messages.success(request, f"The account of {user} {'works again' if user.is_active else 'has ended'}.")
    return redirect("user_list")
