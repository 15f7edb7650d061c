"""The main navigation. An entry whose page does not exist is left out; counts are registered in portal/wiring.py."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

Count = Callable[[Any], int]


@dataclass(frozen=True)
class Entry:
    """One line of the navigation. `shortcut` is the key after `g`; `own_paths` are pages outside its own URL prefix."""

    key: str
    label: str
    url_name: str
    icon: str
    shortcut: str
    group: str = ""
    hot: bool = False
    in_tabbar: bool = False
    own_paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """An entry as one reader sees it."""

    entry: Entry
    url: str
    count: int
    current: bool


ENTRIES = (
    Entry("home", "Now", "home", "activity", "n", in_tabbar=True),
    Entry(
        "alerts", "Alerts", "alert_list", "bell", "a", "Respond", hot=True, in_tabbar=True, own_paths=("/silences/",)
    ),
    Entry("incidents", "Incidents", "incident_list", "flame", "i", "Respond", hot=True, in_tabbar=True),
    Entry("oncall", "On-call", "oncall_home", "phone", "o", "Respond", in_tabbar=True),
    Entry("services", "Services", "service_list", "server-2", "s", "Reliability"),
    Entry(
        "slos",
        "SLOs",
        "slo_list",
        "target-arrow",
        "b",
        "Reliability",
        hot=True,
        own_paths=(
            "/probes/",
            "/slis/",
            "/sources/",
            "/heartbeats/",
            "/capacity/",
            "/releases/",
            "/policies/",
            "/gate/",
            "/queries/",
            "/corrections/",
            "/maintenance/",
        ),
    ),
    Entry(
        "links",
        "Links",
        "link_list",
        "link",
        "l",
        "Reliability",
        own_paths=("/webhooks/", "/moderation/", "/dead-links/"),
    ),
    Entry(
        "postmortems",
        "Postmortems",
        "postmortem_list",
        "file-text",
        "p",
        "Learn",
        own_paths=("/actions/", "/action-items/"),
    ),
    Entry("reports", "Reports", "report_home", "chart-bar", "r", "Learn"),
    Entry("status", "Status page", "status_page", "world", "u", "Learn"),
    Entry("settings", "Settings", "settings_home", "settings", ",", "", own_paths=("/accounts/", "/teams/", "/audit/")),
)

_counts: dict[str, Count] = {}


def register_count(key: str, read: Count) -> None:
    """Shows `read(actor)` beside the entry `key`; registering again replaces it."""
    _counts[key] = read


def items(request: HttpRequest) -> list[Item]:
    """The entries that exist, in order, with their counts for this reader and the current one marked."""
    actor = getattr(request, "actor", None)
    found = [(entry, url) for entry in ENTRIES if (url := resolve(entry.url_name)) is not None]
    current = _current(request.path, found)
    return [Item(entry, url, _count(entry, actor), entry.key == current) for entry, url in found]


def resolve(url_name: str, *args: object) -> str | None:
    """The path of a page, or nothing when it does not exist."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return None


def _count(entry: Entry, actor: object) -> int:
    read = _counts.get(entry.key)
    return read(actor) if read is not None and actor is not None else 0


def _current(path: str, found: list[tuple[Entry, str]]) -> str:
    """The key of the entry with the longest prefix of the path; the home page matches itself only."""
    prefixes = [(prefix, entry.key) for entry, url in found for prefix in (url, *entry.own_paths)]
    matching = [
        (len(prefix), key) for prefix, key in prefixes if path == prefix or (prefix != "/" and path.startswith(prefix))
    ]
    return max(matching, default=(0, ""))[1]
