"""A person's own settings: name, zone, and the browsers that are signed in."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.forms import ProfileForm
from portal.accounts.models import User
from portal.accounts.selectors.requests import actor_of
from portal.accounts.services import sessions, users
from portal.lib.errors import NotFound


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_home(request: HttpRequest) -> HttpResponse:
    """Profile and zone, and the way to everything else that a person sets."""
    user = person(request)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "time_zone": user.time_zone})
    if request.method == "POST" and form.is_valid():
        users.update_profile(actor=actor_of(request), user=user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, "Your profile is saved.")
        return redirect("settings_home")
    factors = Authenticator.objects.filter(user_id=user.pk).exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    return render(request, "accounts/settings_home.html", {"form": form, "factors": factors})


@login_required
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """The browsers that are signed in as this person, the current one marked."""
    found = UserSession.objects.purge_and_list(person(request))
    key = request.session.session_key
    rows = sorted(found, key=lambda session: (session.session_key != key, -session.last_seen_at.timestamp()))
    return render(request, "accounts/session_list.html", {"sessions": rows, "current_key": key})


@login_required
@require_POST
def session_end(request: HttpRequest) -> HttpResponse:
    """Signs out one browser (`session`), or all but this one when none is named."""
    actor, user, named = actor_of(request), person(request), request.POST.get("session", "")
    if not named:
        key = request.session.session_key
        count = sessions.end_other_sessions(actor=actor, user=user, current_key=key, now=timezone.now())
        messages.success(request, f"Signed out {count} other {'browser' if count == 1 else 'browsers'}.")
    else:
        if not named.isdecimal():
            raise NotFound("There is no such session.")
        sessions.end_session(actor=actor, user=user, session_id=int(named), now=timezone.now())
        messages.success(request, "That browser is signed out.")
    return redirect("session_list")


def person(request: HttpRequest) -> User:
    """The signed-in person."""
    if not isinstance(request.user, User):
        raise NotFound
    return request.user
