"""The channels by their kind. A channel is one file here with a class like `Channel`, and a line in `CHANNELS`."""

from typing import Protocol

from oncall.clients.discord import DiscordChannel
from oncall.clients.mail import MailChannel
from oncall.clients.mattermost import MattermostChannel
from oncall.clients.ntfy import NtfyChannel
from oncall.clients.others import OtherChannel
from oncall.clients.pushover import PushoverChannel
from oncall.clients.slack import SlackChannel
from oncall.clients.sms import SmsChannel
from oncall.clients.teams import TeamsChannel
from oncall.clients.telegram import TelegramChannel
from oncall.clients.voice import VoiceChannel
from oncall.clients.webhook import WebhookChannel
from oncall.domain.messages import Message, Receipt
from oncall.exceptions import DeliveryError


class Channel(Protocol):
    """A way to people or rooms. `send` hands the page over or raises DeliveryError; the page's id goes along.

    `check_address` says what is wrong with an address, or nothing; `hint` says what one looks like.
    """

    kind: str
    label: str
    hint: str
    for_people: bool
    for_teams: bool

    def check_address(self, address: str) -> str: ...

    def send(self, message: Message) -> Receipt: ...


ALL: tuple[Channel, ...] = (
    MailChannel(),
    SmsChannel(),
    VoiceChannel(),
    NtfyChannel(),
    PushoverChannel(),
    TelegramChannel(),
    SlackChannel(),
    MattermostChannel(),
    TeamsChannel(),
    DiscordChannel(),
    WebhookChannel(),
    OtherChannel(),
)
CHANNELS: dict[str, Channel] = {channel.kind: channel for channel in ALL}


def get(kind: str) -> Channel:
    """The channel of a kind; a kind that is gone is a permanent DeliveryError."""
    channel = CHANNELS.get(kind)
    if channel is None:
        raise DeliveryError(f"There is no channel {kind!r} any more.", permanent=True)
    return channel


def label_of(kind: str) -> str:
    """What a kind is called."""
    channel = CHANNELS.get(kind)
    return channel.label if channel else kind
