"""People, teams and tokens for tests."""

from datetime import UTC, datetime
from typing import Any

import factory

from portal.accounts.domain import secrets
from portal.accounts.models import ApiToken, AuditEntry, Membership, ServiceAccount, Team, User

PASSWORD = "correct horse battery staple"
MADE_AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@example.com")


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")
    slug = factory.Sequence(lambda n: f"team-{n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    team = factory.SubFactory(TeamFactory)
    role = "responder"


class ServiceAccountFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServiceAccount

    team = factory.SubFactory(TeamFactory)
    name = factory.Sequence(lambda n: f"robot-{n}")
    role = "responder"


class AuditEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AuditEntry

    at = MADE_AT
    actor_kind = "user"
    actor_label = "Alice"
    action = "service.created"
    target_type = "catalog.service"
    target_id = factory.Sequence(lambda n: f"srv_{n}")
    target_label = "Checkout"


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
