"""Which browsers a person signs in from, and the mail when there is a new one."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string

from portal.accounts.domain import secrets
from portal.accounts.models import KnownDevice, User
from portal.accounts.services import mails


@dataclass(frozen=True, slots=True)
class SignIn:
    """The facts of one sign-in; `key` is what the browser's cookie holds, empty without one."""

    key: str
    user_agent: str
    address: str | None
    at: datetime


@transaction.atomic
def note_sign_in(*, user: User, sign_in: SignIn) -> str:
    """Remembers the browser and returns the key for its cookie.

    A browser that this person never used gets a mail sent to them, except at their very first sign-in.
    """
    key = sign_in.key or secrets.new_secret()
    known = KnownDevice.objects.filter(user=user)
    had_any = known.exists()
    device, is_new = known.get_or_create(
        user=user,
        digest=secrets.digest(key),
        defaults={
            "user_agent": sign_in.user_agent[:300],
            "first_seen_at": sign_in.at,
            "last_seen_at": sign_in.at,
        },
    )
    if is_new and had_any:
        _send(user, sign_in)
    if not is_new:
        device.last_seen_at = sign_in.at
        device.save(update_fields=["last_seen_at"])
    return key


def _send(user: User, sign_in: SignIn) -> None:
    text = render_to_string("accounts/mail/new_device.txt", {"user": user, "sign_in": sign_in})
    mails.queue(to=user.email, subject="New sign-in to the SRE portal", text=text, now=sign_in.at)
