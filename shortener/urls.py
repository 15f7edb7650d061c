"""The pages of links, and the API resources links and domains."""

from django.urls import URLPattern, URLResolver, path

from shortener.api.domains import DomainViewSet
from shortener.api.links import LinkViewSet
from shortener.views import follow, link_list, links

urlpatterns: list[URLPattern | URLResolver] = [
    path("links/", link_list.link_list, name="link_list"),
    path("links/new/", links.link_create, name="link_create"),
    path("links/<str:link_id>/", links.link_detail, name="link_detail"),
    path("links/<str:link_id>/edit/", links.link_edit, name="link_edit"),
    path("links/<str:link_id>/disable/", links.link_disable, name="link_disable"),
    path("links/<str:link_id>/enable/", links.link_enable, name="link_enable"),
    path("links/<str:link_id>/delete/", links.link_delete, name="link_delete"),
    path("go/<str:domain>/<path:slug>", follow.link_follow, name="link_follow"),
]

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
