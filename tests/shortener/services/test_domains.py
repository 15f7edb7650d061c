from datetime import datetime

import pytest

from portal.accounts.models import AuditEntry
from shortener.models import Domain, LinkChange
from shortener.services import domains
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db


def test_the_default_domain_is_made_once(now: datetime) -> None:
    first = domains.ensure_default_domain(host="go.example.com", now=now)
    assert domains.ensure_default_domain(host="go.example.com", now=now) == first
    assert (first.is_default, Domain.objects.count(), AuditEntry.objects.count()) == (True, 1, 1)


def test_links_move_along_when_the_host_changes_and_edges_are_told(now: datetime) -> None:
    link = LinkFactory(domain__name="old.example.com", domain__is_default=True)
    domains.ensure_default_domain(host="new.example.com", now=now)
    link.refresh_from_db()
    assert (link.domain.name, LinkChange.objects.get().link_id) == ("new.example.com", link.pk)


def test_a_domain_with_links_of_its_own_becomes_the_default_as_it_is(now: datetime) -> None:
    former = DomainFactory(name="old.example.com", is_default=True)
    link = LinkFactory(domain__name="new.example.com")
    assert domains.ensure_default_domain(host="new.example.com", now=now) == link.domain
    former.refresh_from_db()
    assert not former.is_default


def test_the_default_domain_is_made_on_first_use(now: datetime) -> None:
    assert domains.default_domain(now=now).name == "localhost"
