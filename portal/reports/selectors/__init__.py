"""What reports read over all apps."""

from portal.reports.selectors.incidents import IncidentReport, Wanted, incident_report

__all__ = ["IncidentReport", "Wanted", "incident_report"]
