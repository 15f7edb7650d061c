"""Pages through apprise, for providers that have no file of their own.

It connects by itself, past the checks of addresses, so that only schemes are allowed whose host is fixed in its code;
and no options, since they change how it connects. It says yes or no and a line in its log, nothing more.
"""

import re
from typing import Any
from urllib.parse import urlsplit

import apprise

from oncall.clients import http_posts
from oncall.domain.messages import Message, Receipt, shortened
from oncall.exceptions import DeliveryError

SCHEMES = {
    "prowl": "Prowl",
    "pbul": "Pushbullet",
    "spush": "SimplePush",
    "wxteams": "Webex",
    "gchat": "Google Chat",
    "line": "LINE",
    "msgbird": "MessageBird",
    "clickatell": "Clickatell",
    "pagerduty": "PagerDuty",
}
STATUS = re.compile(r"\berror=(\d{3})\b")


class OtherChannel:
    """One address of apprise, of an allowed scheme."""

    kind = "apprise"
    label = "Another provider (apprise)"
    hint = "An address of apprise, such as prowl://key. Allowed: " + ", ".join(sorted(SCHEMES)) + "."
    for_people = True
    for_teams = True

    def check_address(self, address: str) -> str:
        parts = urlsplit(address)
        if parts.scheme not in SCHEMES:
            return f"Allowed are {', '.join(f'{one}://' for one in sorted(SCHEMES))}."
        if parts.query or parts.fragment:
            return "Options behind ? and # are not allowed."
        return "" if _service(address) else "apprise does not understand this address."

    def send(self, message: Message) -> Receipt:
        problem = self.check_address(message.address)
        service = _service(message.address)
        if problem or service is None:
            raise DeliveryError(problem or "apprise does not understand this address.", permanent=True)
        text = shortened(message.brief, 1000) + (f"\n{message.ack_url}" if message.is_page else "")
        capture: Any = apprise.LogCapture
        with capture(level=apprise.logging.WARNING) as log:
            if service.notify(title=message.subject, body=text, notify_type="failure"):
                return Receipt("", "taken by apprise")
            said = " ".join(log.getvalue().split())
        raise DeliveryError(shortened(said or "apprise said no", 200), permanent=_is_final(said))


def _service(address: str) -> apprise.NotifyBase | None:
    found = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    return found if isinstance(found, apprise.NotifyBase) else None


def _is_final(said: str) -> bool:
    found = STATUS.search(said)
    return found is not None and http_posts.is_final(int(found[1]))
