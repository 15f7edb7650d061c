"""Values captured from one answer and used in later requests, written as `{{name}}`."""

import re
from collections.abc import Mapping

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z_][\w.]{0,60})\s*\}\}")
NAME = re.compile(r"[A-Za-z_]\w{0,39}")
CREDENTIALS = "credentials."


class Unknown(ValueError):
    """A placeholder names what no earlier step has captured."""


def names(text: str) -> list[str]:
    """The names used in `text`, in order."""
    return PLACEHOLDER.findall(text)


def is_name(text: str) -> bool:
    """Whether a captured value may be called so."""
    return NAME.fullmatch(text) is not None


def filled(text: str, values: Mapping[str, str]) -> str:
    """`text` with every placeholder replaced; Unknown names the first that has no value."""

    def value(found: re.Match[str]) -> str:
        if found[1] not in values:
            raise Unknown(f"There is no value for {{{{{found[1]}}}}}.")
        return values[found[1]]

    return PLACEHOLDER.sub(value, text)
