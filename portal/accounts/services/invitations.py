"""Asking people by mail to join a team."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts.domain import secrets
from portal.accounts.domain.actors import Actor
from portal.accounts.domain.roles import Role
from portal.accounts.exceptions import AlreadyInvited, InvitationOver
from portal.accounts.models import Invitation, Membership, Team, User
from portal.accounts.services import audit, mails, members, users

VALID_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an invitation came to: a member at once (the person has an account), or an open invitation and its link."""

    membership: Membership | None = None
    invitation: Invitation | None = None
    link: str = ""


@transaction.atomic
def invite(*, actor: Actor, team: Team, email: str, role: Role, now: datetime) -> Asked:
    """Adds the person with this address to the team, or sends an invitation that holds for seven days.

    The link goes into the mail and into the answer, once; only its digest is stored.
    """
    actor.require(Role.MANAGER, team.pk)
    user = User.objects.filter(email=email).first()
    if user is not None:
        return Asked(membership=members.add_member(actor=actor, team=team, user=user, role=role, now=now))
    Team.objects.select_for_update().get(pk=team.pk)
    Invitation.objects.filter(team=team, accepted_at=None, expires_at__lte=now).delete()
    if Invitation.objects.filter(team=team, email=email, accepted_at=None).exists():
        raise AlreadyInvited
    secret = secrets.new_secret()
    invitation = Invitation.objects.create(
        team=team,
        email=email,
        role=role,
        digest=secrets.digest(secret),
        invited_by_id=actor.user_id,
        created_at=now,
        expires_at=now + VALID_FOR,
    )
    audit.record(actor=actor, action="member.invited", target=invitation, after=shown(invitation), now=now)
    link = settings.PORTAL_BASE_URL + reverse("invitation_accept", args=[secret])
    _send(invitation, link, actor, now)
    return Asked(invitation=invitation, link=link)


def get_open(secret: str, *, now: datetime) -> Invitation:
    """The invitation behind a link; InvitationOver when it was used, withdrawn or has expired."""
    found = Invitation.objects.select_related("team").filter(digest=secrets.digest(secret), accepted_at=None).first()
    if found is None or found.expires_at <= now:
        raise InvitationOver
    return found


@transaction.atomic
def accept(*, secret: str, name: str, time_zone: str, password: str, now: datetime) -> User:
    """Makes the account and the membership; the same link a second time is InvitationOver."""
    pk = get_open(secret, now=now).pk
    invitation = Invitation.objects.select_for_update().select_related("team").get(pk=pk)
    if invitation.accepted_at is not None:
        raise InvitationOver
    actor = Actor.system(f"invitation of {invitation.email}")
    user = User.objects.filter(email=invitation.email).first()
    if user is None:
        users.check_zone(time_zone)
        user = users.create_user(
            actor=actor, email=invitation.email, name=name, time_zone=time_zone, password=password, now=now
        )
    if not Membership.objects.filter(team=invitation.team, user=user).exists():
        members.add_member(actor=actor, team=invitation.team, user=user, role=Role(invitation.role), now=now)
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    return user


@transaction.atomic
def withdraw(*, actor: Actor, invitation: Invitation, now: datetime) -> None:
    """Makes the link of an invitation worthless."""
    actor.require(Role.MANAGER, invitation.team_id)
    audit.record(
        actor=actor, action="member.invitation_withdrawn", target=invitation, before=shown(invitation), now=now
    )
    invitation.delete()


def shown(invitation: Invitation) -> dict[str, object]:
    """What the audit log keeps of an invitation."""
    return {"email": invitation.email, "role": str(invitation.role), "expires_at": invitation.expires_at}


def _send(invitation: Invitation, link: str, actor: Actor, now: datetime) -> None:
    context = {"invitation": invitation, "link": link, "by": actor.label}
    text = render_to_string("accounts/mail/invitation.txt", context)
    subject = f"Join {invitation.team.name} in the SRE portal"
    mails.queue(to=invitation.email, subject=subject, text=text, now=now)
