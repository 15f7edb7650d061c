"""Making, changing and ending rules of compensation."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from oncall.models import CompensationRule
from oncall.services import compensation
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from tests.oncall.duty import TERMS, rule

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
TODAY = date(2026, 3, 4)
APRIL = date(2026, 4, 1)


def made(team: Any, now: datetime, **changes: Any) -> CompensationRule:
    facts: dict[str, Any] = {"name": "Standby", "terms": TERMS, "effective_from": APRIL} | changes
    return compensation.create_rule(actor=ACTOR, team=team, now=now, **facts)


def changed(one: CompensationRule, now: datetime, **changes: Any) -> CompensationRule:
    facts: dict[str, Any] = {"name": one.name, "terms": TERMS, "effective_from": APRIL} | changes
    return compensation.change_rule(actor=ACTOR, rule=one, today=TODAY, now=now, **facts)


def test_a_rule_is_made_and_audited(team: Any, now: datetime) -> None:
    one = made(team, now, name=" Standby ")
    assert (one.name, one.terms, one.effective_until) == ("Standby", TERMS, None)
    assert AuditEntry.objects.get().action == "compensation_rule.created"


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"name": " "}, ["name"]),
        ({"name": 81 * "x"}, ["name"]),
        ({"effective_from": date(1, 1, 1)}, ["effective_from"]),
        ({"terms": {}}, ["terms.lines"]),
        ({"terms": {"lines": []}}, ["terms.lines"]),
        ({"terms": TERMS | {"country": "ZZ"}}, ["terms.country"]),
        ({"terms": TERMS | {"country": "DE", "subdivision": "XX"}}, ["terms.subdivision"]),
        ({"terms": TERMS | {"subdivision": "BY"}}, ["terms.subdivision"]),
        ({"name": "", "terms": TERMS | {"rate": "x", "country": "at"}}, ["name", "terms.country", "terms.rate"]),
    ],
    ids=str,
)
def test_all_that_is_wrong_is_named(team: Any, now: datetime, changes: dict[str, Any], fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        made(team, now, **changes)
    assert sorted(refused.value.fields) == fields


def test_new_terms_follow_a_rule_that_counts(team: Any, now: datetime) -> None:
    old = rule(team)
    new = changed(old, now, name="More")
    old.refresh_from_db()
    assert (old.effective_until, new.effective_from, old.name, new.name) == (APRIL, APRIL, "Standby", "More")


def test_what_a_rule_paid_is_never_rewritten(team: Any, now: datetime) -> None:
    one = rule(team)
    with pytest.raises(Invalid) as refused:
        changed(one, now, effective_from=one.effective_from)
    assert list(refused.value.fields) == ["effective_from"]


def test_a_rule_that_is_planned_is_rewritten(team: Any, now: datetime) -> None:
    one = made(team, now)
    assert changed(one, now, name="More", effective_from=TODAY).pk == one.pk
    assert CompensationRule.objects.get().effective_from == TODAY


def test_a_rule_ends_once(team: Any, now: datetime) -> None:
    one = rule(team)
    ended = compensation.end_rule(actor=ACTOR, rule=one, on=TODAY, now=now)
    assert ended.effective_until == TODAY
    again = compensation.end_rule(actor=ACTOR, rule=one, on=TODAY + timedelta(days=9), now=now)
    assert again.effective_until == TODAY
    assert AuditEntry.objects.count() == 1


def test_a_planned_rule_that_ends_never_counts(team: Any, now: datetime) -> None:
    ended = compensation.end_rule(actor=ACTOR, rule=made(team, now), on=TODAY, now=now)
    assert ended.effective_until == ended.effective_from


def test_a_rule_ends_on_a_day_that_can_be(team: Any, now: datetime) -> None:
    with pytest.raises(Invalid):
        compensation.end_rule(actor=ACTOR, rule=rule(team), on=date(9999, 1, 1), now=now)
