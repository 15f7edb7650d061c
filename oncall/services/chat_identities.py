"""Linking a chat's account with a person: the chat hands out a code, the person enters it while signed in."""

import secrets as chance
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from oncall.exceptions import ChatCodeWrong
from oncall.models import ChatIdentity, ChatLinkCode
from portal.accounts.domain import secrets
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit

LIFETIME = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ChatAccount:
    """An account as the chat names it; `workspace` is the team or server it is in."""

    provider: str
    workspace: str
    external_id: str


def offer_code(*, account: ChatAccount, now: datetime) -> str:
    """A code for `account`, good once and for 15 minutes; only whoever writes from that account gets to see it."""
    code = chance.token_urlsafe(24)
    ChatLinkCode.objects.create(
        provider=account.provider,
        workspace=account.workspace[:80],
        external_id=account.external_id[:120],
        code_hash=secrets.digest(code),
        expires_at=now + LIFETIME,
    )
    return code


def account_of(code: str, *, now: datetime) -> ChatAccount:
    """The account that a code was made for; ChatCodeWrong when it is none of ours, used or too old."""
    found = _open_code(code, now)
    return ChatAccount(found.provider, found.workspace, found.external_id)


@transaction.atomic
def link_account(*, actor: Actor, code: str, now: datetime) -> ChatIdentity:
    """Makes the account behind `code` the actor's; an account that was somebody else's moves over."""
    if actor.user_id is None:
        raise ChatCodeWrong
    found = _open_code(code, now, lock=True)
    found.used_at = now
    found.save(update_fields=["used_at"])
    identity, _ = ChatIdentity.objects.update_or_create(
        provider=found.provider,
        workspace=found.workspace,
        external_id=found.external_id,
        defaults={"user_id": actor.user_id},
    )
    after = {"provider": identity.provider, "workspace": identity.workspace, "external_id": identity.external_id}
    audit.record(actor=actor, action="chat_identity.linked", target=identity, after=after, now=now)
    return identity


@transaction.atomic
def unlink_account(*, actor: Actor, identity: ChatIdentity, now: datetime) -> None:
    """Takes the link away: the chat's account may do nothing here any more."""
    before = {"provider": identity.provider, "workspace": identity.workspace, "external_id": identity.external_id}
    audit.record(actor=actor, action="chat_identity.unlinked", target=identity, before=before, now=now)
    identity.delete()


def _open_code(code: str, now: datetime, *, lock: bool = False) -> ChatLinkCode:
    codes = ChatLinkCode.objects.select_for_update() if lock else ChatLinkCode.objects.all()
    found = codes.filter(code_hash=secrets.digest(code), used_at=None, expires_at__gt=now).first()
    if found is None:
        raise ChatCodeWrong
    return found
