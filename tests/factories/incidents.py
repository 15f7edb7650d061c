"""Incidents for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from incidents.models import AffectedService, Incident, RoleSpan, TimelineEntry, Update
from tests.factories.accounts import TeamFactory, UserFactory
from tests.factories.catalog import ServiceFactory

DECLARED = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)


class _Incident(DjangoModelFactory):
    class Meta:
        model = Incident

    team = SubFactory(TeamFactory)
    title = Sequence(lambda n: f"Checkout answers 500 ({n})")
    severity = 2
    declared_at = DECLARED
    created_at = SelfAttribute("declared_at")
    detected_at = SelfAttribute("declared_at")
    impact_start_at = LazyAttribute(lambda made: made.detected_at and made.detected_at - timedelta(minutes=5))


IncidentFactory: Any = _Incident


class _AffectedService(DjangoModelFactory):
    class Meta:
        model = AffectedService

    incident = SubFactory(IncidentFactory)
    service = SubFactory(ServiceFactory)
    state = "major_outage"


AffectedServiceFactory: Any = _AffectedService


class _RoleSpan(DjangoModelFactory):
    class Meta:
        model = RoleSpan

    incident = SubFactory(IncidentFactory)
    user = SubFactory(UserFactory)
    role = "commander"
    assumed_at = DECLARED


RoleSpanFactory: Any = _RoleSpan


class _TimelineEntry(DjangoModelFactory):
    class Meta:
        model = TimelineEntry

    incident = SubFactory(IncidentFactory)
    at = DECLARED
    recorded_at = DECLARED
    kind = "note"
    source = "people"
    source_id = Sequence(lambda n: f"own_{n}")
    text = "We restarted the workers"
    author = "Bob"


TimelineEntryFactory: Any = _TimelineEntry


class _Update(DjangoModelFactory):
    class Meta:
        model = Update

    incident = SubFactory(IncidentFactory)
    at = DECLARED
    audience = "internal"
    status = "investigating"
    text = "We are looking into it."
    author = "Bob"


UpdateFactory: Any = _Update


def resolved_incident(**fields: Any) -> Incident:
    """An incident that was over after an hour."""
    fields.setdefault("acknowledged_at", fields.get("declared_at", DECLARED))
    end = fields.pop("recovered_at", DECLARED + timedelta(hours=1))
    made: Incident = IncidentFactory(status="resolved", mitigated_at=end, recovered_at=end, resolved_at=end, **fields)
    return made


def affected(service: Any, **fields: Any) -> Incident:
    """An incident that hits `service`, of its team."""
    made: Incident = IncidentFactory(team=service.team, service=service, **fields)
    AffectedServiceFactory(incident=made, service=service)
    return made
