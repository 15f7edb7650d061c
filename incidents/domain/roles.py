"""The roles of an incident and what each is for."""

from enum import StrEnum


class IncidentRole(StrEnum):
    COMMANDER = "commander"
    COMMUNICATIONS = "communications"
    OPERATIONS = "operations"
    SCRIBE = "scribe"


CHOICES = [(role.value, role.value.capitalize()) for role in IncidentRole]
MEANING = {
    IncidentRole.COMMANDER: "decides and keeps the overview",
    IncidentRole.COMMUNICATIONS: "tells everybody else",
    IncidentRole.OPERATIONS: "changes the systems, alone",
    IncidentRole.SCRIBE: "writes down what happens",
}
