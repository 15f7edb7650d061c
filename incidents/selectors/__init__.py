"""What other apps may read: start here."""

from incidents.models import Incident
from incidents.selectors.facts import incident_facts
from incidents.selectors.incidents import (
    get_incident,
    incidents,
    incidents_of_service,
    open_incidents,
    overdue_updates,
    service_panel,
)
from incidents.selectors.status import public_summary

__all__ = [
    "Incident",
    "get_incident",
    "incident_facts",
    "incidents",
    "incidents_of_service",
    "open_incidents",
    "overdue_updates",
    "public_summary",
    "service_panel",
]
