"""The pages and the API resources of services."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from portal.catalog import views
from portal.catalog.api.dependencies import DependencyViewSet
from portal.catalog.api.services import ServiceViewSet

urlpatterns: list[URLPattern | URLResolver] = [
    path("services/", views.service_list, name="service_list"),
    path("services/new/", views.service_create, name="service_create"),
    path("services/<slug:slug>/", views.service_detail, name="service_detail"),
    path("services/<slug:slug>/edit/", views.service_edit, name="service_edit"),
    path("services/<slug:slug>/archive/", views.service_delete, name="service_delete"),
    path("services/<slug:slug>/restore/", views.service_restore, name="service_restore"),
]

COLLECTION: dict[str, Any] = {"get": "list", "post": "create"}
OBJECT: dict[str, Any] = {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("services/", ServiceViewSet.as_view(COLLECTION), name="api_services"),
    path("services/<slug:id>/", ServiceViewSet.as_view(OBJECT), name="api_service"),
    path(
        "services/<slug:id>/dependencies/",
        DependencyViewSet.as_view({"get": "show", "post": "create"}),
        name="api_dependencies",
    ),
    path(
        "services/<slug:id>/dependencies/<slug:needs_id>/",
        DependencyViewSet.as_view({"delete": "destroy"}),
        name="api_dependency",
    ),
]
