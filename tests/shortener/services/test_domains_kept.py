"""Domains that people add, change and archive."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import PermissionDenied, PreconditionFailed
from shortener.exceptions import DomainInUse, DomainNameTaken, InvalidDomain, InvalidLink
from shortener.models import Domain, LinkChange
from shortener.services import domains, links
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db

ROOT = Actor.system("test")
NAME = {"name": "go.example.com"}


def changed(domain: Domain, now: datetime, **values: Any) -> Domain:
    return domains.update_domain(actor=ROOT, domain=domain, values=values, now=now)


def test_a_manager_adds_a_domain_to_the_team(
    alice: Any, team: Any, actor_of: Callable[..., Actor], now: datetime
) -> None:
    made = domains.create_domain(actor=actor_of(alice), team_id=team.pk, values=NAME, now=now)
    assert (made.name, made.team, made.is_default, made.version) == ("go.example.com", team, False, 1)
    assert AuditEntry.objects.get().action == "domain.created"


@pytest.mark.parametrize("who", ["bob", "vera", "charlie"])
def test_others_add_none_to_it(
    who: str, request: pytest.FixtureRequest, team: Any, actor_of: Callable[..., Actor], now: datetime
) -> None:
    with pytest.raises(PermissionDenied):
        domains.create_domain(actor=actor_of(request.getfixturevalue(who)), team_id=team.pk, values=NAME, now=now)


def test_a_domain_for_all_teams_is_for_administrators(
    alice: Any, actor_of: Callable[..., Actor], now: datetime
) -> None:
    assert domains.create_domain(actor=ROOT, team_id=None, values=NAME, now=now).team is None
    with pytest.raises(PermissionDenied):
        domains.create_domain(actor=actor_of(alice), team_id=None, values={"name": "b.example.com"}, now=now)


def test_a_name_is_one_domain_in_any_spelling(now: datetime) -> None:
    DomainFactory(name="go.example.com", archived_at=now)
    with pytest.raises(DomainNameTaken) as refused:
        domains.create_domain(actor=ROOT, team_id=None, values={"name": "GO.example.com."}, now=now)
    assert set(refused.value.fields) == {"name"}


def test_a_change_is_audited_once_and_wakes_the_edges(now: datetime) -> None:
    domain = changed(DomainFactory(), now, records_network=False, unknown_page={"title": "Lost?"})
    again = changed(domain, now, records_network=False, unknown_page={"title": "Lost?"})
    assert (again.version, AuditEntry.objects.count()) == (2, 1)
    assert again.pages == {"unknown": {"title": "Lost?"}}


def test_a_change_over_somebody_elses_is_refused(now: datetime) -> None:
    with pytest.raises(PreconditionFailed):
        domains.update_domain(actor=ROOT, domain=DomainFactory(version=3), values={}, expected_version=2, now=now)


def test_a_domain_without_links_may_be_renamed_and_one_with_a_tombstone_may_not(now: datetime) -> None:
    domain = changed(DomainFactory(), now, **NAME)
    LinkFactory(domain=domain, state="deleted")
    with pytest.raises(DomainInUse):
        changed(domain, now, name="other.example.com")


def test_the_default_domain_keeps_its_name(now: datetime) -> None:
    with pytest.raises(DomainInUse):
        changed(DomainFactory(is_default=True), now, name="other.example.com")


def test_letters_become_one_with_the_keys_of_all_links(now: datetime) -> None:
    link = LinkFactory(slug="Launch")
    changed(link.domain, now, case_sensitive=False)
    link.refresh_from_db()
    assert (link.slug, link.key, LinkChange.objects.get().link_id) == ("Launch", "launch", link.pk)


def test_and_differ_again(now: datetime) -> None:
    link = LinkFactory(slug="Launch", key="launch", domain__case_sensitive=False)
    changed(link.domain, now, case_sensitive=True)
    link.refresh_from_db()
    assert link.key == "Launch"


def test_letters_stay_different_while_two_slugs_would_become_one(now: datetime) -> None:
    domain = DomainFactory()
    LinkFactory(slug="Launch", domain=domain, state="deleted")
    LinkFactory(slug="launch", domain=domain)
    with pytest.raises(DomainInUse) as refused:
        changed(domain, now, case_sensitive=False)
    assert "launch" in refused.value.fields["case_sensitive"][0]
    assert Domain.objects.get().case_sensitive


def test_an_archived_domain_takes_its_links_along_and_brings_them_back(now: datetime) -> None:
    link = LinkFactory()
    archived = domains.archive_domain(actor=ROOT, domain=link.domain, now=now)
    assert (archived.archived_at, LinkChange.objects.count()) == (now, 1)
    assert domains.archive_domain(actor=ROOT, domain=archived, now=now).version == archived.version
    restored = domains.restore_domain(actor=ROOT, domain=archived, now=now)
    assert (restored.archived_at, LinkChange.objects.count()) == (None, 2)
    assert domains.restore_domain(actor=ROOT, domain=restored, now=now).version == restored.version


def test_the_default_domain_stays_in_service(now: datetime) -> None:
    with pytest.raises(DomainInUse):
        domains.archive_domain(actor=ROOT, domain=DomainFactory(is_default=True), now=now)


def test_a_team_has_one_default_and_a_new_one_takes_over(team: Any, now: datetime) -> None:
    first = changed(DomainFactory(team=team), now, is_team_default=True)
    second = changed(DomainFactory(team=team), now, is_team_default=True)
    assert domains.default_domain(team_id=team.pk, now=now) == second
    assert not Domain.objects.get(pk=first.pk).is_team_default
    assert changed(second, now, is_team_default=True).is_team_default


def test_a_domain_of_all_teams_is_no_teams_default(now: datetime) -> None:
    with pytest.raises(InvalidDomain):
        changed(DomainFactory(), now, is_team_default=True)


def test_a_team_without_a_default_uses_the_portals(team: Any, now: datetime) -> None:
    DomainFactory(team=team)
    assert domains.default_domain(team_id=team.pk, now=now).name == "localhost"


def test_a_link_follows_the_case_rule_of_the_moment_it_is_made(team: Any, now: datetime) -> None:
    seen = DomainFactory()
    changed(Domain.objects.get(pk=seen.pk), now, case_sensitive=False)
    target = {"target": "https://example.org/"}
    made = links.create_link(actor=ROOT, team_id=team.pk, values=target, slug="Launch", domain=seen, now=now)
    assert made.key == "launch"


def test_no_link_is_made_under_a_domain_that_went_out_of_service(team: Any, now: datetime) -> None:
    seen = DomainFactory()
    domains.archive_domain(actor=ROOT, domain=seen, now=now)
    with pytest.raises(InvalidLink) as refused:
        links.create_link(actor=ROOT, team_id=team.pk, values={"target": "https://example.org/"}, domain=seen, now=now)
    assert set(refused.value.fields) == {"domain"}


def test_a_team_makes_links_under_its_own_domains_and_the_shared_ones(
    team: Any, other_team: Any, now: datetime
) -> None:
    target = {"target": "https://example.org/"}
    given: dict[str, Any] = {"actor": ROOT, "team_id": team.pk, "values": target, "now": now}
    made = [links.create_link(domain=domain, **given) for domain in (DomainFactory(), DomainFactory(team=team))]
    assert len(made) == 2
    with pytest.raises(InvalidLink):
        links.create_link(domain=DomainFactory(team=other_team), **given)
