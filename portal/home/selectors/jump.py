"""Finds things by their words, over all apps: the quick jump of the search field."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

import portal.catalog.selectors
from incidents.selectors import incidents
from incidents.selectors.incidents import search as search_incidents
from oncall.selectors.alerts import alerts
from portal.accounts.domain.actors import Actor
from shortener.selectors import links

LIMIT = 10
SHORTEST = 2


@dataclass(frozen=True)
class Hit:
    """One thing that was found, and the page it is on."""

    title: str
    note: str
    url_name: str
    key: str
    state: str = ""


@dataclass(frozen=True)
class Group:
    """The hits of one kind; `more` tells that the list was cut."""

    title: str
    icon: str
    hits: Sequence[Hit]
    more: bool


def find(actor: Actor, text: str) -> list[Group]:
    """Services, incidents, links and alerts that hold the text, at most ten of each, as far as `actor` may see them."""
    if len(text) < SHORTEST:
        return []
    groups = [
        _group("Services", "server-2", _services(actor, text)),
        _group("Incidents", "flame", _incidents(actor, text)),
        _group("Links", "link", _links(actor, text)),
        _group("Alerts", "bell", _alerts(actor, text)),
    ]
    return [group for group in groups if group.hits]


def _group(title: str, icon: str, hits: list[Hit]) -> Group:
    return Group(title, icon, hits[:LIMIT], more=len(hits) > LIMIT)


def _services(actor: Actor, text: str) -> list[Hit]:
    found = portal.catalog.selectors.search(portal.catalog.selectors.services(actor), text=text)[: LIMIT + 1]
    return [Hit(one.name, f"{one.team.name}, tier {one.tier}", "service_detail", one.slug) for one in found]


def _incidents(actor: Actor, text: str) -> list[Hit]:
    found = search_incidents(incidents(actor), text=text)[: LIMIT + 1]
    return [Hit(one.title, f"INC-{one.number}", "incident_detail", one.public_id, one.status) for one in found]


def _links(actor: Actor, text: str) -> list[Hit]:
    words = Q(slug__icontains=text) | Q(target__icontains=text) | Q(title__icontains=text)
    found = links(actor).filter(words)[: LIMIT + 1]
    return [Hit(f"{one.domain.name}/{one.slug}", one.target, "link_detail", one.public_id) for one in found]


def _alerts(actor: Actor, text: str) -> list[Hit]:
    found = alerts(actor).filter(title__icontains=text)[: LIMIT + 1]
    return [Hit(one.title, one.team.name, "alert_detail", one.public_id, one.status) for one in found]
