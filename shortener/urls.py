"""The pages of links, and the API resources links and domains."""

from django.urls import URLPattern, URLResolver, path

from shortener.api.domains import DomainViewSet
from shortener.api.links import LinkViewSet

urlpatterns: list[URLPattern | URLResolver] = []

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("links/", LinkViewSet.as_view({"get": "list", "post": "create"}), name="api_links"),
    path("links/count/", LinkViewSet.as_view({"get": "count"}), name="api_link_count"),
    path(
        "links/<str:id>/",
        LinkViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api_link",
    ),
    path("links/<str:id>/stats/", LinkViewSet.as_view({"get": "stats"}), name="api_link_stats"),
    path("domains/", DomainViewSet.as_view({"get": "list"}), name="api_domains"),
    path("domains/<str:id>/", DomainViewSet.as_view({"get": "retrieve"}), name="api_domain"),
]
