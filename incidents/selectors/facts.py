"""Incidents as facts for reports."""

from datetime import datetime

from incidents.domain.facts import IncidentFacts
from incidents.models import Incident
from incidents.selectors.incidents import incidents
from portal.accounts.domain.actors import Actor


def incident_facts(
    actor: Actor, *, start: datetime, end: datetime, team: str = "", service: str = ""
) -> list[IncidentFacts]:
    """What `actor` may see of the incidents declared in [start, end), oldest first, drills included and marked."""
    found = incidents(actor).filter(declared_at__gte=start, declared_at__lt=end)
    if team:
        found = found.filter(team__slug=team)
    if service:
        found = found.filter(affected__service__slug=service)
    return [facts_of(incident) for incident in found.order_by("declared_at", "pk")]


def facts_of(incident: Incident) -> IncidentFacts:
    """One incident as facts."""
    return IncidentFacts(
        pk=incident.pk,
        public_id=incident.public_id,
        number=incident.number,
        title=incident.title,
        severity=incident.severity,
        service=str(incident.service or ""),
        team=str(incident.team),
        status=incident.status,
        is_open=incident.is_open,
        is_drill=incident.is_drill,
        declared_at=incident.declared_at,
        milestones=incident.milestones,
        cause_key=incident.cause_key,
    )
