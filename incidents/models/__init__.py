"""The tables of incidents."""

from incidents.models.incident import AffectedService, Incident, IncidentAlert, IncidentQuerySet
from incidents.models.people import RoleSpan
from incidents.models.timeline import TimelineEntry, TimelineStar
from incidents.models.updates import Update, UpdateReminder

__all__ = [
    "AffectedService",
    "Incident",
    "IncidentAlert",
    "IncidentQuerySet",
    "RoleSpan",
    "TimelineEntry",
    "TimelineStar",
    "Update",
    "UpdateReminder",
]
