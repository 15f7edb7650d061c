"""The pages and the API resources of services."""

from django.urls import URLPattern, URLResolver, path

from portal.catalog import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("services/", views.service_list, name="service_list"),
    path("services/new/", views.service_create, name="service_create"),
    path("services/<slug:slug>/", views.service_detail, name="service_detail"),
    path("services/<slug:slug>/edit/", views.service_edit, name="service_edit"),
    path("services/<slug:slug>/archive/", views.service_delete, name="service_delete"),
    path("services/<slug:slug>/restore/", views.service_restore, name="service_restore"),
]

api_urlpatterns: list[URLPattern | URLResolver] = []
