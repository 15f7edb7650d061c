"""The paths of reports."""

from django.urls import URLPattern, URLResolver, path

from portal.reports.api.dora import DoraViewSet
from portal.reports.api.incidents import IncidentReportViewSet
from portal.reports.views import dora, incidents, service_reviews

urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/", incidents.report_home, name="report_home"),
    path("reports/incidents.csv", incidents.report_incidents_csv, name="report_incidents_csv"),
    path("services/<slug:slug>/review/", service_reviews.service_review, name="service_review"),
    path("reports/dora/", dora.dora_report, name="dora_report"),
    path("reports/dora.csv", dora.dora_report_csv, name="dora_report_csv"),
]

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("reports/incidents/", IncidentReportViewSet.as_view({"get": "show"}), name="api_report_incidents"),
    path("services/<str:id>/dora/", DoraViewSet.as_view({"get": "show"}), name="api_service_dora"),
]
