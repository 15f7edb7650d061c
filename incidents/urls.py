"""The paths of incidents and of the public status page."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from incidents.api import running
from incidents.api.incidents import IncidentViewSet
from incidents.views import changes, incidents, status, words

ONE = "incidents/<str:incident_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("incidents/", incidents.incident_list, name="incident_list"),
    path("incidents/declare/", incidents.incident_declare, name="incident_declare"),
    path(ONE, incidents.incident_detail, name="incident_detail"),
    path(f"{ONE}edit/", changes.incident_edit, name="incident_edit"),
    path(f"{ONE}milestones/", changes.incident_milestones, name="incident_milestones"),
    path(f"{ONE}affected/", changes.incident_affected, name="incident_affected"),
    path(f"{ONE}handover/", changes.incident_handover, name="incident_handover"),
    path(f"{ONE}status/", changes.incident_status, name="incident_status"),
    path(f"{ONE}note/", words.incident_note, name="incident_note"),
    path(f"{ONE}update/", words.incident_update, name="incident_update"),
    path(f"{ONE}snooze/", words.incident_snooze, name="incident_snooze"),
    path(f"{ONE}all-clear/", words.incident_all_clear, name="incident_all_clear"),
    path(f"{ONE}entries/<str:entry_id>/correct/", words.incident_correct, name="incident_correct"),
    path(f"{ONE}entries/<str:entry_id>/star/", words.incident_star, name="incident_star"),
    path("status/", status.status_page, name="status_page"),
    path("status/incidents/<str:incident_id>/", status.status_incident, name="status_incident"),
    path("status/api/v2/summary.json", status.status_summary_json, name="status_summary_json"),
    path("status/api/v2/status.json", status.status_status_json, name="status_status_json"),
    path("status/api/v2/components.json", status.status_components_json, name="status_components_json"),
    path("status/api/v2/incidents.json", status.status_incidents_json, name="status_incidents_json"),
]

COLLECTION: dict[str, Any] = {"get": "list", "post": "create"}
OBJECT: dict[str, Any] = {"get": "retrieve", "patch": "partial_update"}
API_ONE = "incidents/<slug:id>/"

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("incidents/", IncidentViewSet.as_view(COLLECTION), name="api_incidents"),
    path(API_ONE, IncidentViewSet.as_view(OBJECT), name="api_incident"),
    path(f"{API_ONE}timeline/", running.TimelineViewSet.as_view(COLLECTION), name="api_incident_timeline"),
    path(f"{API_ONE}updates/", running.UpdateViewSet.as_view(COLLECTION), name="api_incident_updates"),
    path(f"{API_ONE}roles/", running.RoleViewSet.as_view(COLLECTION), name="api_incident_roles"),
    path(f"{API_ONE}all-clear/", running.AllClearViewSet.as_view({"post": "create"}), name="api_incident_all_clear"),
]
