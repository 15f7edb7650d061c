"""login, whoami and config."""

import getpass
import os
import sys
from argparse import Namespace
from typing import Any

from portal.srelink import configuration
from portal.srelink.client import Client
from portal.srelink.configuration import Configuration
from portal.srelink.display import as_json, facts
from portal.srelink.failures import OK, USAGE, Failure

SHOWN = 8


def login(given: Namespace) -> int:
    """Asks for address and token, tries them, and stores them in a file that only their owner reads."""
    url = configuration.clean_url(given.url or os.environ.get("SRELINK_URL") or _asked("Address of the portal: "))
    token = _token()
    found = Client(Configuration(url, token), timeout=given.timeout).get("me/")
    path = configuration.write(os.environ, url=url, token=token)
    sys.stdout.write(as_json(found) + "\n" if given.json else f"Hello {found['name']}. Stored in {path}.\n")
    return OK


def whoami(client: Client, given: Namespace) -> int:
    """Prints whose token this is, and what it may do."""
    found: dict[str, Any] = client.get("me/")
    if given.json:
        sys.stdout.write(as_json(found) + "\n")
        return OK
    teams = [f"{team['slug']} ({team['role']})" for team in found["teams"]]
    shown = [("name", found["name"]), ("portal", client.configuration.url), ("teams", teams)]
    sys.stdout.write(facts([*shown, ("scopes", found["scopes"] or "all")]) + "\n")
    return OK


def show_configuration(client: Client, given: Namespace) -> int:
    """Prints where address and token come from; of the token only its beginning."""
    used = client.configuration
    shown = {"portal": used.url, "token": f"{used.token[:SHOWN]}...", "from": used.source}
    sys.stdout.write(as_json(shown) + "\n" if given.json else facts(shown.items()) + "\n")
    return OK


def _token() -> str:
    """The token, typed unseen or from the standard input."""
    text = getpass.getpass("Token: ") if sys.stdin.isatty() else sys.stdin.readline()
    if not text.strip():
        raise Failure("A token is needed: make one under Settings, API tokens.", code=USAGE)
    return text.strip()


def _asked(question: str) -> str:
    if not sys.stdin.isatty():
        raise Failure("Say --url, or set SRELINK_URL.", code=USAGE)
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline()
