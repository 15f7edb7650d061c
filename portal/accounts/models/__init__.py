"""The tables of people, teams, tokens and the audit log."""

from portal.accounts.models.audit import AuditEntry
from portal.accounts.models.devices import KnownDevice
from portal.accounts.models.mails import OutgoingMail
from portal.accounts.models.people import Invitation, Membership, Team, User
from portal.accounts.models.querysets import TeamOwnedQuerySet
from portal.accounts.models.tokens import ApiToken, ServiceAccount

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Invitation",
    "KnownDevice",
    "Membership",
    "OutgoingMail",
    "ServiceAccount",
    "Team",
    "TeamOwnedQuerySet",
    "User",
]
