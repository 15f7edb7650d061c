"""What edges read of a domain after each kind of change."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from portal.accounts.domain.actors import Actor
from shortener.domain.replica import DomainFacts, domain_from_payload
from shortener.services import domains
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

ROOT = Actor.system("test")


def rows(view: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {view} ORDER BY 1")
        return list(cursor.fetchall())


def facts() -> DomainFacts:
    (name, payload) = rows("shortener_edge_domain")[0]
    return domain_from_payload(name, payload if isinstance(payload, dict) else json.loads(payload))


def test_pages_reach_the_edges(now: datetime) -> None:
    pages = {
        "root_page": {"target": "https://example.org"},
        "unknown_page": {"title": "Lost?", "text": "Go home."},
        "expired_page": {"target": "https://example.org/over"},
    }
    domains.update_domain(actor=ROOT, domain=DomainFactory(), values=pages, now=now)
    assert facts().page("root") == {"target": "https://example.org/"}
    assert facts().page("unknown") == {"title": "Lost?", "text": "Go home."}
    assert facts().page("expired") == {"target": "https://example.org/over"}


def test_words_for_the_root_take_the_place_of_its_target(now: datetime) -> None:
    domain = DomainFactory(root_target="https://example.org/")
    domains.update_domain(actor=ROOT, domain=domain, values={"root_page": {"title": "Hello"}}, now=now)
    assert facts().page("root") == {"title": "Hello"}


def test_the_case_rule_comes_with_the_keys_of_the_links(now: datetime) -> None:
    link = LinkFactory(slug="Launch")
    domains.update_domain(actor=ROOT, domain=link.domain, values={"case_sensitive": False}, now=now)
    assert not facts().case_sensitive
    assert rows("shortener_edge_link")[0][:3] == (link.pk, link.domain.name, "launch")


def test_an_archived_domain_is_gone_from_the_edges_with_its_links(now: datetime) -> None:
    link = LinkFactory()
    archived = domains.archive_domain(actor=ROOT, domain=link.domain, now=now)
    assert rows("shortener_edge_domain") == rows("shortener_edge_link") == []
    domains.restore_domain(actor=ROOT, domain=archived, now=now)
    assert len(rows("shortener_edge_link")) == 1
