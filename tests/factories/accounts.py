"""People, teams and tokens for tests."""

from datetime import UTC, datetime
from typing import Any

from factory.declarations import Sequence, SubFactory
from factory.django import DjangoModelFactory

from portal.accounts.domain import secrets
from portal.accounts.models import ApiToken, AuditEntry, Membership, ServiceAccount, Team, User

PASSWORD = "correct horse battery staple"
MADE_AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class _User(DjangoModelFactory):
    class Meta:
        model = User

    name = Sequence(lambda n: f"Person {n}")
    email = Sequence(lambda n: f"person{n}@example.com")


UserFactory: Any = _User


class _Team(DjangoModelFactory):
    class Meta:
        model = Team

    name = Sequence(lambda n: f"Team {n}")
    slug = Sequence(lambda n: f"team-{n}")


TeamFactory: Any = _Team


class _Membership(DjangoModelFactory):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    team = SubFactory(TeamFactory)
    role = "responder"


MembershipFactory: Any = _Membership


class _ServiceAccount(DjangoModelFactory):
    class Meta:
        model = ServiceAccount

    team = SubFactory(TeamFactory)
    name = Sequence(lambda n: f"robot-{n}")
    role = "responder"


ServiceAccountFactory: Any = _ServiceAccount


class _AuditEntry(DjangoModelFactory):
    class Meta:
        model = AuditEntry

    at = MADE_AT
    actor_kind = "user"
    actor_label = "Alice"
    action = "service.created"
    target_type = "catalog.service"
    target_id = Sequence(lambda n: f"srv_{n}")
    target_label = "Checkout"


AuditEntryFactory: Any = _AuditEntry


def issue_token(**fields: Any) -> str:
    """The text of a new API token with the given fields; its owner is a new person unless one is given."""
    fresh = secrets.new_token()
    if "service_account" not in fields:
        fields.setdefault("user", UserFactory())
    fields = {"name": "test", "scopes": ["admin"], "created_at": MADE_AT, **fields}
    ApiToken.objects.create(prefix=fresh.prefix, digest=fresh.digest, **fields)
    return fresh.text


def member(team: Team, role: str, **fields: Any) -> User:
    """A new person with `role` in `team`."""
    user: User = UserFactory(**fields)
    MembershipFactory(user=user, team=team, role=role)
    return user
