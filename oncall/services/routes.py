"""Routes and inhibition rules of a team. What is open is decided about anew when an inhibition rule changes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max, QuerySet

from oncall.domain import alert_states, grouping, matchers
from oncall.domain.matchers import Matcher
from oncall.models import Alert, AlertRoute, InhibitionRule
from oncall.services import holds
from oncall.services.batches import Batch
from portal.accounts.domain.actors import Actor
from portal.accounts.models import Team
from portal.accounts.services import audit
from portal.lib.errors import Invalid, PreconditionFailed

MOST = 200
Row = TypeVar("Row", AlertRoute, InhibitionRule)


@dataclass(frozen=True, slots=True)
class RouteFields:
    """Where alerts go that match; what is None or empty is left as the alert has it."""

    name: str
    matchers: tuple[Matcher, ...] = ()
    integration_id: int | None = None
    service_id: int | None = None
    policy_id: int | None = None
    severity: str = ""
    group_by: tuple[str, ...] = ()
    repages: bool = False


@dataclass(frozen=True, slots=True)
class InhibitionFields:
    """While an alert matches `source`, those that match `target` and agree in `equal` page nobody."""

    name: str
    source: tuple[Matcher, ...]
    target: tuple[Matcher, ...]
    equal: tuple[str, ...] = ()


@transaction.atomic
def save_route(
    *,
    actor: Actor,
    team_id: int,
    fields: RouteFields,
    route: AlertRoute | None = None,
    expected_version: int | None = None,
    now: datetime,
) -> AlertRoute:
    """Writes a route, a new one behind the others; it counts for alerts that arrive from now on.

    PreconditionFailed where somebody else changed it since `expected_version`.
    """
    problems: dict[str, list[str]] = {}
    if faults := grouping.problems(fields.group_by):
        problems["group_by"] = faults
    if fields.severity and fields.severity not in alert_states.SEVERITIES:
        problems["severity"] = [f"One of {', '.join(alert_states.SEVERITIES)}."]
    if problems:
        raise Invalid(fields=problems)
    route = _current(AlertRoute.objects.all(), route, expected_version) if route else None
    before = _route_facts(route) if route else {}
    if route is None:
        found = AlertRoute.objects.filter(team_id=_locked(team_id))
        if found.count() >= MOST:
            raise Invalid(f"A team has at most {MOST} routes.")
        last = found.aggregate(last=Max("position"))["last"]
        route = AlertRoute(team_id=team_id, position=0 if last is None else last + 1)
    for name, value in _written(fields).items():
        setattr(route, name, value)
    route.version += 1 if before else 0
    route.save()
    action = "route.updated" if before else "route.created"
    audit.record(actor=actor, action=action, target=route, before=before, after=_route_facts(route), now=now)
    return route


@transaction.atomic
def move_route(*, actor: Actor, route: AlertRoute, to: int, now: datetime) -> AlertRoute:
    """Puts a route in a place counted from 0; the others close up. Repeating it changes nothing."""
    rows = list(AlertRoute.objects.filter(team_id=_locked(route.team_id)).order_by("position", "pk"))
    before = [one.pk for one in rows].index(route.pk)
    moved = rows.pop(before)
    rows.insert(max(0, min(to, len(rows))), moved)
    for position, one in enumerate(rows):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    places = {"before": {"position": before}, "after": {"position": moved.position}}
    if before != moved.position:
        audit.record(actor=actor, action="route.moved", target=moved, now=now, **places)
    return moved


@transaction.atomic
def delete_route(*, actor: Actor, route: AlertRoute, now: datetime) -> None:
    """Takes a route away; alerts stay where it sent them."""
    audit.record(actor=actor, action="route.deleted", target=route, before=_route_facts(route), now=now)
    route.delete()


@transaction.atomic
def save_inhibition(
    *,
    actor: Actor,
    team_id: int,
    fields: InhibitionFields,
    rule: InhibitionRule | None = None,
    expected_version: int | None = None,
    now: datetime,
) -> InhibitionRule:
    """Writes a rule, and holds or lets go what is open by it. PreconditionFailed as with routes."""
    problems = {
        name: ["At least one matcher: else it would mean every alert."]
        for name in ("source", "target")
        if not getattr(fields, name)
    }
    if faults := grouping.problems(fields.equal):
        problems["equal"] = faults
    if problems:
        raise Invalid(fields=problems)
    rule = _current(InhibitionRule.objects.all(), rule, expected_version) if rule else None
    before = _rule_facts(rule) if rule else {}
    rule = rule or InhibitionRule(team_id=team_id)
    rule.version += 1 if before else 0
    rule.name, rule.equal = fields.name, list(fields.equal)
    rule.source, rule.target = matchers.to_json(fields.source), matchers.to_json(fields.target)
    rule.save()
    action = "inhibition.updated" if before else "inhibition.created"
    audit.record(actor=actor, action=action, target=rule, before=before, after=_rule_facts(rule), now=now)
    _redecide_all(team_id, now)
    return rule


@transaction.atomic
def delete_inhibition(*, actor: Actor, rule: InhibitionRule, now: datetime) -> None:
    """Takes a rule away; what it alone kept quiet pages if it still fires."""
    audit.record(actor=actor, action="inhibition.deleted", target=rule, before=_rule_facts(rule), now=now)
    team_id = rule.team_id
    rule.delete()
    _redecide_all(team_id, now)


def _current(rows: QuerySet[Row], one: Row, expected_version: int | None) -> Row:
    """The row as it is now, locked; PreconditionFailed where it is not of this version."""
    locked = rows.select_for_update(of=("self",)).get(pk=one.pk)
    if expected_version is not None and locked.version != expected_version:
        raise PreconditionFailed
    return locked


def _redecide_all(team_id: int, now: datetime) -> None:
    mine = Alert.objects.open().filter(team_id=team_id, held_by__in=["", Alert.Held.INHIBITED])
    with Batch(now) as batch:
        holds.redecide_all(list(mine.order_by("pk").values_list("pk", flat=True)), batch)


def _locked(team_id: int) -> int:
    """The team, locked against another change of the order of its routes."""
    return Team.objects.select_for_update(no_key=True).get(pk=team_id).pk


def _written(fields: RouteFields) -> dict[str, Any]:
    names = ("name", "integration_id", "service_id", "policy_id", "severity", "repages")
    written = {name: getattr(fields, name) for name in names}
    return written | {"matchers": matchers.to_json(fields.matchers), "group_by": list(fields.group_by)}


def _route_facts(route: AlertRoute) -> dict[str, Any]:
    names = ("name", "matchers", "integration_id", "service_id", "policy_id", "severity", "group_by", "repages")
    return {name: getattr(route, name) for name in names}


def _rule_facts(rule: InhibitionRule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in ("name", "source", "target", "equal")}
