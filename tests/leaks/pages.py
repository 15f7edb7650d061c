"""The content of an answer, and the forms of a page as a browser would send them back."""

from html.parser import HTMLParser
from typing import Any


def content(answer: Any) -> bytes:
    """All that an answer holds, whether it was made at once or bit by bit."""
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


class Filled(HTMLParser):
    """The fields of all forms of a page by name, each with the value that it has or would have if it were chosen."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag in ("input", "select", "textarea", "button") and given.get("name"):
            self.values.setdefault(given["name"], given.get("value", ""))
            self.open = given["name"] if tag in ("select", "textarea") else ""
        if tag == "option" and self.open and ("selected" in given or not self.values[self.open]):
            self.values[self.open] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.open and self.lasttag == "textarea":
            self.values[self.open] += data

    def handle_endtag(self, tag: str) -> None:
        self.open = "" if tag in ("select", "textarea") else self.open
