"""Reads a `.env` file: NAME=value lines, comments, quotes; the environment always wins over the file."""

import re
from pathlib import Path

from portal.embedded.exceptions import SurroundingsError

LINE = re.compile(r"^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)$")


def parse(text: str, *, source: str = ".env") -> dict[str, str]:
    """The settings in `text`; a line that is none is refused with its number, and its content is not repeated."""
    settings: dict[str, str] = {}
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        match = LINE.match(line)
        if match is None:
            raise SurroundingsError(f"Line {number} of {source} is not NAME=value.")
        settings[match[1]] = _unquote(match[2])
    return settings


def _unquote(value: str) -> str:
    if len(value) > 1 and value[0] in "'\"" and value.find(value[0], 1) > 0:
        return value[1 : value.find(value[0], 1)]
    return re.split(r"\s+#", value, maxsplit=1)[0].strip()


def read(path: Path) -> dict[str, str]:
    """The settings in the file `path`, none where there is no such file."""
    try:
        return parse(path.read_text(), source=str(path))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SurroundingsError(f"Cannot read {path}: {error}") from None
