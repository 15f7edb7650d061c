from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import PermissionDenied
from shortener.exceptions import InvalidBlockRule, InvalidLink, OwnerIsBanned
from shortener.models import AbuseReport, Ban, BlockRule, Link
from shortener.services import bans, blocklists, links, targets
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ROOT = Actor.system("test")
NIGHT = datetime(2026, 3, 5, 2, 30, tzinfo=UTC)


def block(value: str, kind: str = "host") -> BlockRule:
    return blocklists.add_rule(actor=ROOT, kind=kind, value=value, reason="Phishing", now=NIGHT)


def refused(address: str) -> str:
    return " ".join(targets.check(address, served=frozenset())[1])


def test_a_blocked_host_is_refused_as_a_target() -> None:
    block("https://Evil.org/")
    assert "evil.org is on the blocklist" in refused("https://www.EVIL.org./x")
    assert refused("https://fine.org/") == ""


def test_a_pattern_is_refused_as_a_target() -> None:
    block("*paypa1*login*", "pattern")
    assert "fits the pattern" in refused("https://x.org/PayPa1/a?login=1")


def test_a_shortener_is_refused_unless_it_is_allowed() -> None:
    assert "is a link shortener itself" in refused("https://bit.ly/abc")
    block("bit.ly", "allow")
    assert refused("https://bit.ly/abc") == ""


def test_new_links_to_a_banned_host_are_refused(team: Any) -> None:
    made = bans.create_ban(actor=ROOT, kind="host", value="evil.org", reason="x", now=NIGHT)
    with pytest.raises(InvalidLink) as caught:
        links.create_link(actor=ROOT, team_id=team.pk, values={"target": "https://a.evil.org/"}, now=NIGHT)
    assert caught.value.fields == {"target": ["Links to evil.org are banned here."]}
    bans.lift_ban(actor=ROOT, ban=made, now=NIGHT)
    assert refused("https://a.evil.org/") == ""


def test_a_link_cannot_be_led_to_a_blocked_host_later(team: Any) -> None:
    link = LinkFactory(team=team)
    block("evil.org")
    with pytest.raises(InvalidLink):
        links.update_link(actor=ROOT, link=link, values={"target": "https://evil.org/"}, now=NIGHT)


def test_a_banned_owner_makes_no_links(bob: Any, team: Any, actor_of: Callable[..., Actor]) -> None:
    bans.create_ban(actor=ROOT, kind="owner", value=bob.public_id, reason="x", now=NIGHT)
    with pytest.raises(OwnerIsBanned):
        links.create_link(actor=actor_of(bob), team_id=team.pk, values={"target": "https://a.org/"}, now=NIGHT)


def test_a_look_at_the_list_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        blocklists.problem_of(host="a.b.c.example.org", address="https://a.b.c.example.org/")


def test_a_rule_is_added_once_and_audited() -> None:
    assert block("evil.org").pk == block("EVIL.org").pk
    assert AuditEntry.objects.get(action="block_rule.created").changes["value"] == [None, "evil.org"]


@pytest.mark.parametrize(
    ("kind", "value", "wrong"),
    [("host", "com", "value"), ("host", "a\0", "value"), ("pattern", "*", "value"), ("planet", "a.org", "kind")],
)
def test_what_is_no_rule_is_an_error_of_the_field(kind: str, value: str, wrong: str) -> None:
    with pytest.raises(InvalidBlockRule) as caught:
        blocklists.add_rule(actor=ROOT, kind=kind, value=value, reason="x" * 501, now=NIGHT)
    assert set(caught.value.fields) == {wrong, "reason"}


def test_a_removed_rule_blocks_nothing() -> None:
    blocklists.remove_rule(actor=ROOT, rule=block("evil.org"), now=NIGHT)
    assert refused("https://evil.org/") == ""
    assert AuditEntry.objects.filter(action="block_rule.deleted").exists()


def test_only_administrators_may(alice: Any, actor_of: Callable[..., Actor]) -> None:
    rule = block("evil.org")
    actor = actor_of(alice)
    with pytest.raises(PermissionDenied):
        blocklists.add_rule(actor=actor, kind="host", value="a.org", now=NIGHT)
    with pytest.raises(PermissionDenied):
        blocklists.remove_rule(actor=actor, rule=rule, now=NIGHT)
    with pytest.raises(PermissionDenied):
        blocklists.import_rules(actor=actor, text="a.org", now=NIGHT)


def test_a_pasted_list_is_added_and_bad_lines_are_named() -> None:
    done = blocklists.import_rules(actor=ROOT, text="evil.org\n0.0.0.0 ads.example.com\n*bad*path*\ncom\n\n", now=NIGHT)
    assert (done.added, done.known, [line for line, _ in done.problems]) == (3, 0, [4])
    assert set(BlockRule.objects.values_list("kind", flat=True)) == {"host", "pattern"}


def test_importing_a_list_again_changes_nothing() -> None:
    blocklists.import_rules(actor=ROOT, text="evil.org\nEVIL.org", now=NIGHT)
    again = blocklists.import_rules(actor=ROOT, text="evil.org\nworse.org", now=NIGHT)
    assert (again.added, again.known) == (1, 1)


def test_a_list_that_is_too_long_is_refused() -> None:
    with pytest.raises(InvalidBlockRule):
        blocklists.import_rules(actor=ROOT, text="a.org\n" * 20_001, now=NIGHT)


def test_patterns_are_bounded() -> None:
    text = "\n".join(f"*pattern{number}*" for number in range(501))
    with pytest.raises(InvalidBlockRule):
        blocklists.import_rules(actor=ROOT, text=text, now=NIGHT)


def test_links_that_became_blocked_are_reported_once() -> None:
    link = LinkFactory(target="https://evil.org/", slug="bad")
    LinkFactory(target="https://fine.org/")
    block("evil.org")
    found = [blocklists.recheck_due(now=NIGHT + timedelta(days=day)) for day in range(3)]
    assert found == [1, 1, 1]
    report = AbuseReport.objects.get()
    assert (report.link, report.reason, report.text) == (
        link,
        "blocklist",
        "evil.org is on the blocklist of this portal.",
    )


def test_targets_of_rules_and_after_the_end_are_looked_at_too() -> None:
    block("evil.org")
    LinkFactory(expired_target="https://evil.org/")
    LinkFactory(rules=[{"id": 1, "conditions": [], "target": "https://evil.org/"}])
    LinkFactory(rules=[{"id": 1, "conditions": [], "variants": [{"target": "https://evil.org/", "weight": 1}]}])
    assert blocklists.recheck_due(now=NIGHT) == 3


def test_the_operator_may_have_them_banned_at_once(settings: Any) -> None:
    settings.PORTAL_BLOCKLIST_BANS = True
    LinkFactory(target="https://evil.org/")
    block("evil.org")
    blocklists.recheck_due(now=NIGHT)
    assert Link.objects.get().ban == Ban.objects.get()
    assert AbuseReport.objects.count() == 0


def test_a_round_is_made_once_a_night_and_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocklists, "BATCH", 2)
    LinkFactory.create_batch(3, target="https://evil.org/")
    block("evil.org")
    runs = [blocklists.recheck_due(now=NIGHT + timedelta(minutes=minute)) for minute in range(4)]
    assert runs == [2, 1, 0, 0]


def test_nothing_is_looked_at_before_the_night() -> None:
    blocklists.recheck_due(now=NIGHT)
    LinkFactory(target="https://evil.org/")
    block("evil.org")
    assert blocklists.recheck_due(now=NIGHT + timedelta(hours=22)) == 0


def test_a_batch_asks_once_for_each_host(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    block("evil.example")
    with blocklists.asked_once(), django_assert_num_queries(2):
        told = [blocklists.problem_of(host=host, address="x") for host in ("evil.example", "good.example") * 3]
    assert [bool(one) for one in told] == [True, False] * 3
    with django_assert_num_queries(1):
        blocklists.problem_of(host="evil.example", address="x")
