"""Rows of the on-call app."""

from datetime import UTC, datetime, timedelta
from typing import Any

from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from oncall.domain import escalation, escalation_json, templates
from oncall.models import (
    Alert,
    AlertRoute,
    ContactMethod,
    ContactPoint,
    EscalationPolicy,
    EscalationRun,
    InhibitionRule,
    Integration,
    Override,
    Page,
    Schedule,
    ScheduleMember,
    ScheduleVersion,
    Silence,
)
from oncall.services import alerts
from portal.accounts.domain import secrets
from portal.accounts.domain.actors import Actor
from tests.factories.accounts import TeamFactory, UserFactory

MONDAY = datetime.fromisoformat("2026-03-02T09:00")
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


class _Schedule(DjangoModelFactory):
    class Meta:
        model = Schedule

    team = SubFactory(TeamFactory)
    name = Sequence(lambda number: f"Rotation {number}")


ScheduleFactory: Any = _Schedule


class _ScheduleVersion(DjangoModelFactory):
    """Weekly turns of nobody from Monday, 2 March 2026, 09:00 UTC on."""

    class Meta:
        model = ScheduleVersion

    schedule = SubFactory(ScheduleFactory)
    zone = "UTC"
    definition = LazyAttribute(lambda version: templates.weekly(version.zone, MONDAY, []))
    effective_from = datetime(2026, 1, 1, tzinfo=UTC)


ScheduleVersionFactory: Any = _ScheduleVersion


def schedule_of(*users: Any, team: Any, zone: str = "UTC", first_handoff_on: Any = None, **version: Any) -> Schedule:
    """A weekly schedule in which the first of `users` is primary in the week of `NOON`."""
    schedule: Schedule = ScheduleFactory(team=team)
    first = datetime.combine(first_handoff_on or MONDAY, MONDAY.time())
    definition = templates.weekly(zone, first, [str(user.pk) for user in users])
    made = ScheduleVersionFactory(schedule=schedule, zone=zone, definition=definition, **version)
    for position, user in enumerate(users):
        ScheduleMember.objects.create(version=made, user=user, position=position)
    return schedule


class _Override(DjangoModelFactory):
    class Meta:
        model = Override

    schedule = SubFactory(ScheduleFactory)
    role = "primary"
    user = SubFactory(UserFactory)
    starts_at = NOON
    ends_at = NOON + timedelta(hours=4)


OverrideFactory: Any = _Override


class _Policy(DjangoModelFactory):
    class Meta:
        model = EscalationPolicy

    team = SubFactory(TeamFactory)
    name = "Escalation"
    plan = LazyFunction(lambda: escalation_json.to_snapshot(escalation.DEFAULT))


PolicyFactory: Any = _Policy


class _Alert(DjangoModelFactory):
    class Meta:
        model = Alert

    team = SubFactory(TeamFactory)
    source = "test"
    dedup_key = Sequence(lambda number: f"key-{number}")
    title = "Roll back the router config"
    severity = "critical"
    started_at = NOON
    last_fired_at = NOON


AlertFactory: Any = _Alert


class _Run(DjangoModelFactory):
    class Meta:
        model = EscalationRun

    alert = SubFactory(AlertFactory)
    policy_name = "Escalation"
    snapshot = LazyFunction(lambda: escalation_json.to_snapshot(escalation.DEFAULT))
    next_run_at = NOON
    created_at = NOON


RunFactory: Any = _Run


class _Contact(DjangoModelFactory):
    class Meta:
        model = ContactMethod

    user = SubFactory(UserFactory)
    kind = "mail"
    address = Sequence(lambda number: f"pager{number}@example.com")
    position = Sequence(lambda number: number)
    verified_at = NOON


ContactFactory: Any = _Contact


class _ContactPoint(DjangoModelFactory):
    class Meta:
        model = ContactPoint

    team = SubFactory(TeamFactory)
    name = Sequence(lambda number: f"Room {number}")
    kind = "webhook"
    address = "https://example.com/room"


ContactPointFactory: Any = _ContactPoint


class _Page(DjangoModelFactory):
    class Meta:
        model = Page

    run = SubFactory(RunFactory)
    loop = 0
    step = 0
    user = SubFactory(UserFactory)
    rule = 99
    channel = "mail"
    address = LazyAttribute(lambda page: page.user.email)
    due_at = NOON
    created_at = NOON


PageFactory: Any = _Page


class _Integration(DjangoModelFactory):
    """Its key is `k` followed by 31 times `1`."""

    class Meta:
        model = Integration

    team = SubFactory(TeamFactory)
    name = "Prometheus"
    key_hash = secrets.digest("k" + 31 * "1")
    key_prefix = "k1111111"


IntegrationFactory: Any = _Integration


class _Silence(DjangoModelFactory):
    """Lasts two hours from noon and catches everything critical."""

    class Meta:
        model = Silence

    team = SubFactory(TeamFactory)
    matchers = LazyFunction(lambda: [{"name": "severity", "op": "=", "value": "critical"}])
    starts_at = NOON
    ends_at = NOON + timedelta(hours=2)
    comment = "Moving the rack"
    author = "Alice"
    created_at = NOON


SilenceFactory: Any = _Silence


class _Route(DjangoModelFactory):
    """Matches everything."""

    class Meta:
        model = AlertRoute

    team = SubFactory(TeamFactory)
    position = Sequence(lambda number: number)
    name = Sequence(lambda number: f"Route {number}")


RouteFactory: Any = _Route


class _Inhibition(DjangoModelFactory):
    """A switch that is down keeps the hosts of its rack quiet."""

    class Meta:
        model = InhibitionRule

    team = SubFactory(TeamFactory)
    name = "Switch down"
    source = LazyFunction(lambda: [{"name": "kind", "op": "=", "value": "switch"}])
    target = LazyFunction(lambda: [{"name": "kind", "op": "=", "value": "host"}])
    equal = LazyFunction(lambda: ["rack"])


InhibitionFactory: Any = _Inhibition


def arriving(team: Any, key: str = "checkout", **changes: Any) -> Alert:
    """An alert of the team that arrives at noon by the way that all alerts come."""
    told: dict[str, Any] = {"title": "Restart the checkout", "severity": "critical", "detail": "", "now": NOON}
    place: dict[str, Any] = {"team_id": team.pk, "service_id": None, "source": "probe", "dedup_key": key}
    return alerts.open_alert(**({"actor": Actor.system("probe")} | place | told | changes))


def over(key: str = "checkout", now: datetime = NOON) -> Alert | None:
    """Its sender says that the alert has ended."""
    return alerts.resolve_alert(actor=Actor.system("probe"), source="probe", dedup_key=key, now=now)
