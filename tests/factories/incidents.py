"""Incidents for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

import factory

from incidents.models import AffectedService, Incident, RoleSpan, TimelineEntry, Update
from tests.factories.accounts import TeamFactory, UserFactory
from tests.factories.catalog import ServiceFactory

DECLARED = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


class IncidentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Incident

    team = factory.SubFactory(TeamFactory)
    title = factory.Sequence(lambda n: f"Checkout answers 500 ({n})")
    severity = 2
    declared_at = DECLARED
    created_at = factory.SelfAttribute("declared_at")
    detected_at = factory.SelfAttribute("declared_at")
    impact_start_at = factory.LazyAttribute(lambda made: made.detected_at and made.detected_at - timedelta(minutes=5))


class AffectedServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AffectedService

    incident = factory.SubFactory(IncidentFactory)
    service = factory.SubFactory(ServiceFactory)
    state = "major_outage"


class RoleSpanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleSpan

    incident = factory.SubFactory(IncidentFactory)
    user = factory.SubFactory(UserFactory)
    role = "commander"
    assumed_at = DECLARED


class TimelineEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TimelineEntry

    incident = factory.SubFactory(IncidentFactory)
    at = DECLARED
    recorded_at = DECLARED
    kind = "note"
    source = "people"
    source_id = factory.Sequence(lambda n: f"own_{n}")
    text = "We restarted the workers"
    author = "Bob"


class UpdateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Update

    incident = factory.SubFactory(IncidentFactory)
    at = DECLARED
    audience = "internal"
    status = "investigating"
    text = "We are looking into it."
    author = "Bob"


def resolved_incident(**fields: Any) -> Incident:
    """An incident that was over after an hour."""
    fields.setdefault("acknowledged_at", fields.get("declared_at", DECLARED))
    end = fields.pop("recovered_at", DECLARED + timedelta(hours=1))
    made: Incident = IncidentFactory(
        status="resolved", mitigated_at=end, recovered_at=end, resolved_at=end, **fields
    )
    return made


def affected(service: Any, **fields: Any) -> Incident:
    """An incident that hits `service`, of its team."""
    made: Incident = IncidentFactory(team=service.team, service=service, **fields)
    AffectedServiceFactory(incident=made, service=service)
    return made
