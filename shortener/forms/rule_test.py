"""The form of an imagined request."""

import ipaddress
from typing import Any

from django import forms

from shortener.forms import parts

AGENTS = {
    "iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1",
    "Android phone": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.0.0 Mobile Safari/537.36",
    "iPad": "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1",
    "Windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
    "Mac": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Safari/605.1.15",
    "Linux": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Bot": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
}
"""Clients to try at a click."""


def _line(label: str, limit: int, help_text: str = "", **attrs: str) -> forms.CharField:
    widget = forms.TextInput({"spellcheck": "false", "autocapitalize": "off", **attrs})
    return forms.CharField(label=label, max_length=limit, required=False, help_text=help_text, widget=widget)


class RuleTestForm(forms.Form):
    """Everything that rules may ask for; what is empty was not sent."""

    user_agent = _line("User agent", 1024)
    accept_language = _line("Accept-Language", 1024, "As browsers send it: de-AT,de;q=0.9,en;q=0.5.")
    address = _line("Address", 64, "IPv4 or IPv6.")
    country = _line("Country", 2, "Two letters, instead of what the address says.", placeholder="AT")
    query = _line("Query", 2000, "What stands behind the question mark.", placeholder="utm_source=mail")
    path = _line("Path", 1000, "What stands behind the slug.")
    at = parts.instant("Time", "Now, when empty.")

    def clean_address(self) -> str:
        text = str(self.cleaned_data["address"]).strip()
        try:
            return str(ipaddress.ip_address(text)) if text else ""
        except ValueError:
            raise forms.ValidationError("This is no IP address.") from None

    def clean_country(self) -> str:
        text = str(self.cleaned_data["country"]).strip().upper()
        if text and not (len(text) == 2 and text.isascii() and text.isalpha()):
            raise forms.ValidationError("Use two letters, such as AT.")
        return text

    def clean_query(self) -> str:
        return str(self.cleaned_data["query"]).removeprefix("?")

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked, checked."""
        return dict(self.cleaned_data)
