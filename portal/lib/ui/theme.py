"""The colour theme a reader chose, kept in a cookie; `auto` follows the device."""

from django.http import HttpRequest

COOKIE = "theme"
CHOICES = ("auto", "light", "dark")


def chosen(request: HttpRequest | None) -> str:
    """The reader's theme; anything unknown counts as `auto`."""
    value = request.COOKIES.get(COOKIE, "") if request is not None else ""
    return value if value in CHOICES else "auto"
