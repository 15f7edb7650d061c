"""Rows of the on-call app."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import factory

from oncall.domain import escalation
from oncall.models import (
    Alert,
    ContactMethod,
    EscalationPolicy,
    EscalationRun,
    Integration,
    Override,
    Page,
    Schedule,
    ScheduleMember,
    ScheduleVersion,
)
from portal.accounts.domain import secrets
from tests.factories.accounts import TeamFactory, UserFactory

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


class ScheduleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Schedule

    team = factory.SubFactory(TeamFactory)
    name = factory.Sequence(lambda number: f"Rotation {number}")


class ScheduleVersionFactory(factory.django.DjangoModelFactory):
    """Hands over on Mondays at 09:00 UTC, for the first time on 2 March 2026."""

    class Meta:
        model = ScheduleVersion

    schedule = factory.SubFactory(ScheduleFactory)
    zone = "UTC"
    handoff_weekday = 0
    handoff_time = time(9, 0)
    first_handoff_on = date(2026, 3, 2)
    effective_from = datetime(2026, 1, 1, tzinfo=UTC)


def schedule_of(*users: Any, team: Any, **version: Any) -> Schedule:
    """A weekly schedule in which the first of `users` is primary in the week of `NOON`."""
    schedule = ScheduleFactory(team=team)
    made = ScheduleVersionFactory(schedule=schedule, **version)
    for position, user in enumerate(users):
        ScheduleMember.objects.create(version=made, user=user, position=position)
    return schedule


class OverrideFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Override

    schedule = factory.SubFactory(ScheduleFactory)
    role = "primary"
    user = factory.SubFactory(UserFactory)
    starts_at = NOON
    ends_at = NOON + timedelta(hours=4)


class PolicyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EscalationPolicy

    team = factory.SubFactory(TeamFactory)
    name = "Escalation"
    plan = factory.LazyFunction(lambda: escalation.to_snapshot(escalation.DEFAULT))


class AlertFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Alert

    team = factory.SubFactory(TeamFactory)
    source = "test"
    dedup_key = factory.Sequence(lambda number: f"key-{number}")
    title = "Roll back the router config"
    severity = "critical"
    started_at = NOON
    last_fired_at = NOON


class RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EscalationRun

    alert = factory.SubFactory(AlertFactory)
    policy_name = "Escalation"
    snapshot = factory.LazyFunction(lambda: escalation.to_snapshot(escalation.DEFAULT))
    next_run_at = NOON
    created_at = NOON


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContactMethod

    user = factory.SubFactory(UserFactory)
    kind = "mail"
    address = factory.Sequence(lambda number: f"pager{number}@example.com")
    position = factory.Sequence(lambda number: number)
    verified_at = NOON


class PageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Page

    run = factory.SubFactory(RunFactory)
    loop = 0
    step = 0
    user = factory.SubFactory(UserFactory)
    rule = 99
    channel = "mail"
    address = factory.LazyAttribute(lambda page: page.user.email)
    due_at = NOON
    created_at = NOON


class IntegrationFactory(factory.django.DjangoModelFactory):
    """Its key is `k` followed by 31 times `1`."""

    class Meta:
        model = Integration

    team = factory.SubFactory(TeamFactory)
    name = "Prometheus"
    key_hash = secrets.digest("k" + 31 * "1")
    key_prefix = "k1111111"
