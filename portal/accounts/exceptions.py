"""What can go wrong with people, teams and tokens."""

from portal.lib.errors import Conflict, Gone, Invalid


class LastManager(Conflict):
    code = "last-manager"
    title = "A team must keep at least one manager; make somebody else manager first."


class LastAdministrator(Conflict):
    code = "last-administrator"
    title = "The portal must keep at least one administrator; make somebody else administrator first."


class AlreadyMember(Conflict):
    code = "already-member"
    title = "This person is in the team already."


class AlreadyInvited(Conflict):
    code = "already-invited"
    title = "This address has an open invitation to the team; withdraw it first."


class InvitationOver(Gone):
    code = "invitation-over"
    title = "This invitation was used, withdrawn, or is more than seven days old. Ask for a new one."


class UnknownScopes(Invalid):
    code = "unknown-scopes"
    title = "Some of these scopes do not exist."


class NameTaken(Conflict):
    code = "name-taken"
    title = "This name is taken."
