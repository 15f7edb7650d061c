"""The weekly mail: choosing it, and ending it from the mail itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from shortener.forms.weekly_mails import WeeklyMailForm
from shortener.services import weekly_mails


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def weekly_mail_edit(request: HttpRequest) -> HttpResponse:
    """The teams whose links this person gets a mail about each Monday."""
    actor = actor_of(request)
    teams = people.teams(actor)
    given = request.POST if request.method == "POST" else None
    form = WeeklyMailForm(given, teams=teams, chosen=weekly_mails.wishes(actor))
    if request.method == "POST" and form.is_valid():
        weekly_mails.set_wishes(actor=actor, team_ids=form.team_ids(), now=timezone.now())
        messages.success(request, "Saved. Mails come on Monday morning, in your time zone.")
        return redirect("weekly_mail_edit")
    return render(
        request, "shortener/weekly_mail_edit.html", {"form": form, "has_teams": teams.exists(), "section": "analytics"}
    )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def weekly_mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ends one weekly mail; nobody has to sign in, for the signed token says whose it is.

    Mail programs post here by themselves when their reader asks them to, so no CSRF token can be expected.
    """
    team = weekly_mails.team_of(token)
    if request.method == "POST":
        weekly_mails.stop(token)
    return render(request, "shortener/weekly_mail_stop.html", {"team": team, "is_stopped": request.method == "POST"})
