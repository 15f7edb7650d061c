"""Where the portal is and who we are: from the command line, the environment, or a file that only its owner reads."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from portal.srelink.failures import FORBIDDEN, USAGE, Failure

PRIVATE = 0o600


@dataclass(frozen=True)
class Configuration:
    """`url` is the portal's address without a final slash; `source` says where the token came from."""

    url: str
    token: str
    source: str = ""


def path_of(environment: Mapping[str, str]) -> Path:
    """The file: SRELINK_CONFIG, else srelink/config.json in the user's folder of configurations."""
    if given := environment.get("SRELINK_CONFIG"):
        return Path(given)
    home = environment.get("XDG_CONFIG_HOME") or str(Path(environment.get("HOME", "~")).expanduser() / ".config")
    return Path(home) / "srelink" / "config.json"


def read(environment: Mapping[str, str], *, url: str | None = None) -> Configuration:
    """The configuration; Failure when the portal's address or the token is nowhere."""
    stored = _stored(path_of(environment))
    address = url or environment.get("SRELINK_URL") or stored.get("url", "")
    token, source = environment.get("SRELINK_TOKEN", ""), "SRELINK_TOKEN"
    if not token:
        token, source = stored.get("token", ""), str(path_of(environment))
    if not address:
        raise Failure("Where is the portal? Say `srelink login`, or set SRELINK_URL.", code=USAGE)
    if not token:
        raise Failure("No token. Say `srelink login`, or set SRELINK_TOKEN.", code=FORBIDDEN)
    return Configuration(clean_url(address), token, source)


def clean_url(text: str) -> str:
    """The address without a final slash; Failure when it is none."""
    address = text.strip().rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Failure(f"{text!r} is no address of a portal; begin with https://.", code=USAGE)
    return address


def write(environment: Mapping[str, str], *, url: str, token: str) -> Path:
    """Stores address and token where only their owner can read them."""
    path = path_of(environment)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE), "w") as file:
        os.fchmod(file.fileno(), PRIVATE)
        json.dump({"url": url, "token": token}, file)
    fresh.replace(path)
    return path


def _stored(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise Failure(f"{path} cannot be read: {error}", code=USAGE) from error
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}
