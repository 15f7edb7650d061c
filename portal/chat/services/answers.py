"""From a command to its answer."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.urls import reverse

from oncall.services import chat_identities
from oncall.services.chat_identities import ChatAccount
from portal.chat.domain import commands
from portal.chat.domain.commands import HELP, Command, Unknown
from portal.chat.domain.replies import Reply, plain
from portal.chat.services import alerts, duty, graphs, incidents
from portal.chat.services.asker import Asker
from portal.lib.errors import DomainError

HANDLERS: dict[str, Callable[[Asker, Command], Reply]] = {
    "oncall": duty.oncall,
    "page": duty.page,
    "override": duty.override,
    "alerts": alerts.alerts,
    "ack": alerts.ack,
    "resolve": alerts.resolve,
    "snooze": alerts.snooze,
    "incident": incidents.incident,
    "note": incidents.note,
    "update": incidents.update,
    "graph": graphs.graph,
}


def answer(text: str, *, account: ChatAccount, asker: Asker | None, now: datetime) -> Reply:
    """What the command in `text` says or does; a refusal is an answer in words too.

    Without an asker, which is an account that nobody has linked, everything but help leads to linking it.
    """
    command = commands.parse(text)
    if isinstance(command, Unknown):
        meant = f" Did you mean `{command.meant}`?" if command.meant else ""
        return Reply(f"There is no command {plain(command.verb)}.{meant} `help` shows all of them.")
    if command.verb == "help":
        return _help(command)
    if command.verb == "link" or asker is None:
        return _link(account, asker, now)
    try:
        return HANDLERS[command.verb](asker, command)
    except DomainError as error:
        told = [text for texts in error.fields.values() for text in texts]
        return Reply(" ".join([error.detail, *(one for one in told if one not in error.detail)]))


def _help(command: Command) -> Reply:
    wanted = command.words[0].casefold() if command.words else ""
    known = HELP.get(commands.OTHER_WORDS.get(wanted, wanted))
    return Reply(f"`{known}`" if known else "\n".join(f"`{line}`" for line in HELP.values()))


def _link(account: ChatAccount, asker: Asker | None, now: datetime) -> Reply:
    code = chat_identities.offer_code(account=account, now=now)
    address = f"{settings.PORTAL_BASE_URL}{reverse('chat_link', args=[code])}"
    is_new = "I do not know you here yet." if asker is None else f"You are {plain(asker.user)} here."
    return Reply(f"{is_new} Open this within 15 minutes to link your account: {address}")
