"""Writing rules of compensation. What a rule has paid is never rewritten: new terms count from a later day on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from oncall.domain import compensation
from oncall.models import CompensationRule
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from portal.lib.public_holidays import parts_of

FIRST_YEAR, LAST_YEAR = 2000, 2199


@transaction.atomic
def create_rule(
    *, actor: Actor, team: Team, name: str, terms: Mapping[str, Any], effective_from: date, now: datetime
) -> CompensationRule:
    """A rule that counts from a day on."""
    _check(name, terms, effective_from)
    made = CompensationRule.objects.create(
        team=team, name=name.strip(), terms=dict(terms), effective_from=effective_from, created_at=now
    )
    audit.record(actor=actor, action="compensation_rule.created", target=made, after=_facts(made), now=now)
    return made


@transaction.atomic
def change_rule(
    *,
    actor: Actor,
    rule: CompensationRule,
    name: str,
    terms: Mapping[str, Any],
    effective_from: date,
    today: date,
    now: datetime,
) -> CompensationRule:
    """New terms from a day on: one that counts already ends there and is followed, one that is planned is rewritten."""
    rule = CompensationRule.objects.select_for_update(of=("self",)).select_related("team").get(pk=rule.pk)
    _check(name, terms, effective_from)
    if rule.effective_from > today:
        return _rewrite(actor, rule, name, terms, effective_from, now)
    if effective_from <= rule.effective_from:
        raise Invalid(fields={"effective_from": [f"This rule counts since {rule.effective_from}; choose a later day."]})
    end_rule(actor=actor, rule=rule, on=effective_from, now=now)
    return create_rule(actor=actor, team=rule.team, name=name, terms=terms, effective_from=effective_from, now=now)


@transaction.atomic
def end_rule(*, actor: Actor, rule: CompensationRule, on: date, now: datetime) -> CompensationRule:
    """The rule counts no more from the day `on`; one that has ended before stays as it is."""
    rule = CompensationRule.objects.select_for_update(of=("self",)).select_related("team").get(pk=rule.pk)
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise Invalid(fields={"on": ["Choose a day from 2000 to 2199."]})
    if rule.effective_until is not None and rule.effective_until <= on:
        return rule
    before = _facts(rule)
    rule.effective_until = max(on, rule.effective_from)
    rule.save(update_fields=["effective_until"])
    audit.record(actor=actor, action="compensation_rule.ended", target=rule, before=before, after=_facts(rule), now=now)
    return rule


def _rewrite(
    actor: Actor, rule: CompensationRule, name: str, terms: Mapping[str, Any], effective_from: date, now: datetime
) -> CompensationRule:
    before = _facts(rule)
    rule.name, rule.terms, rule.effective_from = name.strip(), dict(terms), effective_from
    rule.save(update_fields=["name", "terms", "effective_from"])
    audit.record(
        actor=actor, action="compensation_rule.changed", target=rule, before=before, after=_facts(rule), now=now
    )
    return rule


def _check(name: str, terms: Mapping[str, Any], effective_from: date) -> None:
    errors: dict[str, list[str]] = {}
    if not name.strip() or len(name) > 80:
        errors["name"] = ["Give a name of at most 80 characters."]
    if not FIRST_YEAR <= effective_from.year <= LAST_YEAR:
        errors["effective_from"] = ["Choose a day from 2000 to 2199."]
    wrong = {path: list(found) for path, found in compensation.problems(terms).items()}
    if "lines" not in wrong and not terms.get("lines"):
        wrong["lines"] = ["Say what is paid in at least one line."]
    errors |= {f"terms.{path}": found for path, found in (wrong | _calendar(terms, wrong)).items()}
    if errors:
        raise Invalid(fields=errors)


def _calendar(terms: Mapping[str, Any], wrong: Mapping[str, Any]) -> dict[str, list[str]]:
    country, part = terms.get("country") or "", terms.get("subdivision") or ""
    if {"country", "subdivision"} & set(wrong):
        return {}
    parts = parts_of(country) if country else ()
    if parts is None:
        return {"country": [f"No holidays are known of {country}; give two letters such as AT."]}
    if part and part not in parts:
        return {"subdivision": [f"{country or 'No country'} has no part {part} with holidays of its own."]}
    return {}


def _facts(rule: CompensationRule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "terms": rule.terms,
        "effective_from": rule.effective_from.isoformat(),
        "effective_until": rule.effective_until.isoformat() if rule.effective_until else None,
    }
