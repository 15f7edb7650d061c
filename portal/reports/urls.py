"""The paths of reports."""

from django.urls import URLPattern, URLResolver, path

from portal.reports import views
from portal.reports.api.incidents import IncidentReportViewSet

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", views.report_home, name="report_home"),
    path("reports/incidents.csv", views.report_incidents_csv, name="report_incidents_csv"),
]

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/incidents/", IncidentReportViewSet.as_view({"get": "show"}), name="api_report_incidents"),
]
