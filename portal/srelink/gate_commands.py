"""gate: may this service release now? The exit code is the answer."""

import sys
from argparse import Namespace
from typing import Any
from urllib.parse import quote

from portal.srelink.client import Client
from portal.srelink.display import as_json
from portal.srelink.failures import DENIED, OK, WARNED

ASKED = ("kind", "environment", "version", "approver")


def gate(client: Client, given: Namespace) -> int:
    """Prints the verdict with its reasons; denied is 6, a warning is 0, or 7 under --strict."""
    query: dict[str, Any] = {name: value for name in ASKED if (value := getattr(given, name)) is not None}
    if given.dry_run:
        query["dry_run"] = "true"
    answer: dict[str, Any] = client.get(f"services/{quote(given.service, safe='')}/gate/", **query)
    sys.stdout.write(as_json(answer) + "\n" if given.json else _text(answer))
    if answer["verdict"] == "deny":
        return DENIED
    return WARNED if answer["verdict"] == "warn" and given.strict else OK


def _text(answer: dict[str, Any]) -> str:
    lines = [answer["verdict"], *(f"  {line}" for line in [*answer["reasons"], *answer["notes"]])]
    return "\n".join(lines) + "\n"
