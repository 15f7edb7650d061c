"""create, list, show, update, disable, enable, delete."""

import sys
from argparse import Namespace
from typing import Any

from portal.srelink.client import Client
from portal.srelink.display import as_json, facts, number, table
from portal.srelink.failures import OK, USAGE, Failure
from portal.srelink.naming import link_named

FIELDS = (
    "target", "slug", "domain", "team", "title", "tags", "notes", "not_before", "expires_at", "expired_target",
    "redirect_status", "max_age", "max_visits", "password", "forward_query", "forward_path", "preview", "is_indexed",
    "external_id",
)  # fmt: skip
CLEARED: dict[str, Any] = {
    "title": "", "tags": [], "notes": "", "not_before": None, "expires_at": None, "expired_target": "",
    "max_age": None, "max_visits": None, "password": None, "external_id": None,
}  # fmt: skip
FROM_INPUT = "-"
FILTERS = ("q", "state", "tag", "team", "domain", "owner", "sort", "external_id")


def create(client: Client, given: Namespace) -> int:
    """Makes a link and prints its short address."""
    link = client.post("links/", _values(given))
    if given.json:
        return _out(as_json(link))
    return _out(link["short_url"])


def show_list(client: Client, given: Namespace) -> int:
    """Prints links, newest first."""
    limit = None if given.all else given.limit
    links = list(client.items("links/", limit=limit, **filters(given)))
    if given.json:
        return _out(as_json(links))
    if not links:
        return _out("No links." if not any(filters(given).values()) else "No link matches.")
    rows = [
        (link["short_url"], link["target"], link["state"], number(link["clicks"]["people"]), link["created_at"][:10])
        for link in links
    ]
    return _out(table(("short link", "target", "state", "people", "created"), rows))


def show(client: Client, given: Namespace) -> int:
    """Prints everything about one link."""
    return _shown(link_named(client, given.link), given)


def update(client: Client, given: Namespace) -> int:
    """Changes the fields that are given."""
    values = _values(given) | {name: CLEARED[name] for name in given.clear}
    if not values:
        raise Failure("Say what to change; `srelink update --help` lists the fields.", code=USAGE)
    link = link_named(client, given.link)
    return _shown(client.patch(f"links/{link['id']}/", values), given)


def disable(client: Client, given: Namespace) -> int:
    return _moved(client, given, "disabled")


def enable(client: Client, given: Namespace) -> int:
    return _moved(client, given, "active")


def delete(client: Client, given: Namespace) -> int:
    """Deletes a link after a question; its slug stays taken for good."""
    link = link_named(client, given.link)
    if not given.yes and not _agreed(f"Delete {link['short_url']} for good? Its slug stays taken. [y/N] "):
        raise Failure("Nothing was deleted.")
    client.delete(f"links/{link['id']}/")
    return _out(as_json({"id": link["id"], "deleted": True}) if given.json else f"{link['short_url']} is deleted.")


def filters(given: Namespace) -> dict[str, Any]:
    """The words that narrow a list."""
    return {name: getattr(given, name, None) for name in FILTERS}


def _values(given: Namespace) -> dict[str, Any]:
    """The fields that were given on the command line."""
    found = {name: getattr(given, name, None) for name in FIELDS}
    if found["password"] == FROM_INPUT:
        found["password"] = sys.stdin.readline().rstrip("\r\n")
    return {name: value for name, value in found.items() if value is not None}


def _moved(client: Client, given: Namespace, state: str) -> int:
    link = link_named(client, given.link)
    return _shown(client.patch(f"links/{link['id']}/", {"state": state}), given)


def _shown(link: dict[str, Any], given: Namespace) -> int:
    if given.json:
        return _out(as_json(link))
    clicks = link["clicks"]
    shown = [
        (name.replace("_", " "), value) for name, value in link.items() if name not in {"clicks", "rules", "version"}
    ]
    told = f"{number(clicks['people'])} by people, {number(clicks['bots'])} by bots"
    return _out(facts([*shown, ("rules", len(link.get("rules") or []) or None), ("clicks", told)]))


def _agreed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise Failure("Say --yes to delete without a question.", code=USAGE)
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _out(text: str) -> int:
    sys.stdout.write(f"{text}\n")
    return OK
