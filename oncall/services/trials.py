"""Saying something somewhere that asks for nothing, and what the provider made of it."""

import secrets
from dataclasses import dataclass

from oncall.clients import channels
from oncall.domain.messages import Message
from oncall.exceptions import DeliveryError
from oncall.models import ContactMethod, ContactPoint
from oncall.services import contacts


@dataclass(frozen=True, slots=True)
class Tried:
    """`word` is `sent`, `temporary` or `permanent`; `answer` is what the provider said, in its words."""

    word: str
    answer: str

    @property
    def problem(self) -> str:
        """What went wrong; empty when the provider took it."""
        return "" if self.word == "sent" else self.answer


def say(owner: ContactMethod | ContactPoint, *, subject: str, text: str, short: str) -> Tried:
    """Hands a note to the channel of a contact or a contact point. Touches no row."""
    message = Message(
        page_id=f"{owner.public_id}_{secrets.token_hex(4)}",
        address=owner.address,
        subject=subject,
        text=text,
        short=short,
        secret=contacts.signing_secret(owner),
        facts={"is_test": True},
    )
    try:
        receipt = channels.get(owner.kind).send(message)
    except DeliveryError as error:
        return Tried("permanent" if error.permanent else "temporary", error.reason)
    return Tried("sent", receipt.answer)
