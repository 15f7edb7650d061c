"""Who somebody in a chat is here."""

from django.db.models import QuerySet

from oncall.models import ChatIdentity
from portal.accounts.models import User


def user_of(*, provider: str, workspace: str, external_id: str) -> User | None:
    """The active person behind a chat's account; None when nobody has linked it."""
    found = ChatIdentity.objects.select_related("user").filter(
        provider=provider, workspace=workspace, external_id=external_id, user__is_active=True
    )
    identity = found.first()
    return identity.user if identity else None


def identities_of(user_id: int | None) -> QuerySet[ChatIdentity]:
    """The chat accounts of one person, by provider."""
    return ChatIdentity.objects.filter(user_id=user_id or 0).order_by("provider", "workspace", "external_id")
