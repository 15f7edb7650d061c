"""The channels by their kind. A channel is one file here with a class like `Channel`, and a line in `CHANNELS`."""

from typing import Protocol

from oncall.clients.mail import MailChannel
from oncall.clients.webhook import WebhookChannel
from oncall.domain.messages import Message, Receipt
from oncall.exceptions import DeliveryError


class Channel(Protocol):
    """A way to a person. `send` hands the page over or raises DeliveryError; the page's id goes along."""

    kind: str
    label: str

    def send(self, message: Message) -> Receipt: ...


CHANNELS: dict[str, Channel] = {channel.kind: channel for channel in (MailChannel(), WebhookChannel())}


def get(kind: str) -> Channel:
    """The channel of a kind; a kind that is gone is a permanent DeliveryError."""
    channel = CHANNELS.get(kind)
    if channel is None:
        raise DeliveryError(f"There is no channel {kind!r} any more.", permanent=True)
    return channel
