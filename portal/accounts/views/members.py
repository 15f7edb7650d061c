"""Adding, changing and removing members, and the invitations on the way there."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.domain.roles import Role
from portal.accounts.exceptions import InvitationOver
from portal.accounts.forms import InvitationForm, MemberForm, RoleForm
from portal.accounts.selectors import people
from portal.accounts.selectors.requests import actor_of
from portal.accounts.services import invitations, members
from portal.lib.errors import DomainError, NotFound
from portal.lib.forms import add_errors


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def member_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Adds a person who has an account, or invites one who has not and shows the link once."""
    actor = actor_of(request)
    team = people.get_team(actor, slug)
    actor.require(Role.MANAGER, team.pk)
    form = MemberForm(request.POST or None)
    context = {"form": form, "team": team}
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            asked = invitations.invite(
                actor=actor, team=team, email=form.cleaned_data["email"], role=role, now=timezone.now()
            )
        except DomainError as error:
            add_errors(form, error)
        else:
            if asked.membership is not None:
                messages.success(request, f"{asked.membership.user} is in {team.name} now.")
                return redirect("team_detail", team.slug)
            context |= {"asked": asked}
    return render(request, "accounts/member_add.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_edit(request: HttpRequest, slug: str, user_id: str) -> HttpResponse:
    """Gives a member another role."""
    actor = actor_of(request)
    team = people.get_team(actor, slug)
    membership = people.get_membership(team, user_id)
    actor.require(Role.MANAGER, team.pk)
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            members.change_role(actor=actor, team=team, user=membership.user, role=role, now=timezone.now())
        except DomainError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{membership.user} is {role} now.")
            return redirect("team_detail", team.slug)
    return render(request, "accounts/member_edit.html", {"form": form, "team": team, "membership": membership})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request: HttpRequest, slug: str, user_id: str) -> HttpResponse:
    """Asks, then takes a person out of the team; also the way to leave a team."""
    actor = actor_of(request)
    team = people.get_team(actor, slug)
    membership = people.get_membership(team, user_id)
    if actor.user_id != membership.user_id:
        actor.require(Role.MANAGER, team.pk)
    if request.method == "POST":
        try:
            members.remove_member(actor=actor, team=team, user=membership.user, now=timezone.now())
        except DomainError as error:
            messages.error(request, error.detail)
        else:
            messages.success(request, f"{membership.user} is no longer in {team.name}.")
        return redirect("team_list") if actor.user_id == membership.user_id else redirect("team_detail", team.slug)
    return render(request, "accounts/member_remove.html", {"team": team, "membership": membership})


@login_required
@require_POST
def invitation_withdraw(request: HttpRequest, slug: str, invitation_id: str) -> HttpResponse:
    """Makes the link of an open invitation worthless."""
    actor = actor_of(request)
    team = people.get_team(actor, slug)
    invitation = people.open_invitations(team).filter(public_id=invitation_id).first()
    if invitation is None:
        raise NotFound("This invitation is over already.")
    invitations.withdraw(actor=actor, invitation=invitation, now=timezone.now())
    messages.success(request, f"The invitation of {invitation.email} is withdrawn.")
    return redirect("team_detail", team.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Public: the page behind the link in the mail, where an invited person makes the account."""
    try:
        invitation = invitations.get_open(secret, now=timezone.now())
    except InvitationOver as error:
        return render(request, "accounts/invitation_accept.html", {"error": error}, status=error.status)
    known = people.user_by_email(invitation.email)
    form = InvitationForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and (known is not None or form.is_valid()):
        data = form.cleaned_data if known is None else {"name": "", "time_zone": "UTC", "password": ""}
        invitations.accept(
            secret=secret,
            name=data["name"],
            time_zone=data["time_zone"],
            password=data["password"],
            now=timezone.now(),
        )
        messages.success(request, f"You are in the team {invitation.team.name} now. Sign in to start.")
        return redirect("account_login")
    context = {"form": form, "invitation": invitation, "known": known}
    return render(request, "accounts/invitation_accept.html", context)
