"""The pages of links, and the API resources links and domains."""

from django.urls import URLPattern, URLResolver, path

from shortener.api.domains import DomainViewSet
from shortener.api.links import LinkViewSet
from shortener.api.stats import LinkStatsViewSet, StatsViewSet
from shortener.api.utm_templates import UtmTemplateViewSet
from shortener.api.webhooks import WebhookViewSet
from shortener.views import (
    analytics,
    follow,
    link_bulk,
    link_history,
    link_list,
    link_trash,
    links,
    saved_filters,
    utm_templates,
    webhooks,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("links/", link_list.link_list, name="link_list"),
    path("links/utm-templates/", utm_templates.utm_template_list, name="utm_template_list"),
    path("links/utm-templates/new/", utm_templates.utm_template_create, name="utm_template_create"),
    path("links/utm-templates/<str:template_id>/edit/", utm_templates.utm_template_edit, name="utm_template_edit"),
    path(
        "links/utm-templates/<str:template_id>/delete/", utm_templates.utm_template_delete, name="utm_template_delete"
    ),
    path("links/bulk/", link_bulk.link_bulk, name="link_bulk"),
    path("links/trash/", link_trash.link_trash, name="link_trash"),
    path("links/filters/", saved_filters.saved_filter_list, name="saved_filter_list"),
    path("links/filters/new/", saved_filters.saved_filter_create, name="saved_filter_create"),
    path("links/filters/<str:filter_id>/", saved_filters.saved_filter_edit, name="saved_filter_edit"),
    path("links/filters/<str:filter_id>/delete/", saved_filters.saved_filter_delete, name="saved_filter_delete"),
    path("links/<str:link_id>/restore/", link_trash.link_restore, name="link_restore"),
    path("links/<str:link_id>/history/", link_history.link_history, name="link_history"),
    path("links/new/", links.link_create, name="link_create"),
    path("links/analytics/", analytics.stats_home, name="stats_home"),
    path("links/analytics/export/", analytics.stats_export, name="stats_export"),
    path("links/analytics/<str:kind>/<path:key>/clicks.csv", analytics.stats_csv, name="stats_csv"),
    path("links/analytics/<str:kind>/<path:key>/clicks.png", analytics.stats_png, name="stats_png"),
    path("links/analytics/<str:kind>/<path:key>/sources.csv", analytics.stats_facets_csv, name="stats_facets_csv"),
    path("links/tags/<path:tag>/", analytics.stats_tag, name="stats_tag"),
    path("links/teams/<str:team>/", analytics.stats_team, name="stats_team"),
    path("links/domains/<str:domain_id>/stats/", analytics.stats_domain, name="stats_domain"),
    path("links/<str:link_id>/stats/", analytics.stats_link, name="stats_link"),
    path("links/<str:link_id>/", links.link_detail, name="link_detail"),
    path("links/<str:link_id>/edit/", links.link_edit, name="link_edit"),
    path("links/<str:link_id>/disable/", links.link_disable, name="link_disable"),
    path("links/<str:link_id>/enable/", links.link_enable, name="link_enable"),
    path("links/<str:link_id>/delete/", links.link_delete, name="link_delete"),
    path("webhooks/", webhooks.webhook_list, name="webhook_list"),
    path("webhooks/new/", webhooks.webhook_create, name="webhook_create"),
    path("webhooks/<str:webhook_id>/", webhooks.webhook_detail, name="webhook_detail"),
    path("webhooks/<str:webhook_id>/edit/", webhooks.webhook_edit, name="webhook_edit"),
    path("webhooks/<str:webhook_id>/switch/", webhooks.webhook_switch, name="webhook_switch"),
    path("webhooks/<str:webhook_id>/secret/", webhooks.webhook_secret, name="webhook_secret"),
    path("webhooks/<str:webhook_id>/delete/", webhooks.webhook_delete, name="webhook_delete"),
    path("webhooks/<str:webhook_id>/test/", webhooks.webhook_test, name="webhook_test"),
    path("webhooks/<str:webhook_id>/deliveries/<str:delivery_id>/", webhooks.webhook_delivery, name="webhook_delivery"),
    path(
        "webhooks/<str:webhook_id>/deliveries/<str:delivery_id>/redeliver/",
        webhooks.webhook_redeliver,
        name="webhook_redeliver",
    ),
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
    path("links/<str:id>/stats/", LinkStatsViewSet.as_view({"get": "retrieve"}), name="api_link_stats"),
    path("stats/", StatsViewSet.as_view({"get": "retrieve"}), name="api_stats"),
    path("stats/export/", StatsViewSet.as_view({"get": "export"}), name="api_stats_export"),
    path("utm-templates/", UtmTemplateViewSet.as_view({"get": "list", "post": "create"}), name="api_utm_templates"),
    path(
        "utm-templates/<str:id>/",
        UtmTemplateViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api_utm_template",
    ),
    path("domains/", DomainViewSet.as_view({"get": "list"}), name="api_domains"),
    path("domains/<str:id>/", DomainViewSet.as_view({"get": "retrieve"}), name="api_domain"),
    path("webhooks/", WebhookViewSet.as_view({"get": "list", "post": "create"}), name="api_webhooks"),
    path(
        "webhooks/<str:id>/",
        WebhookViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api_webhook",
    ),
    path("webhooks/<str:id>/secret/", WebhookViewSet.as_view({"post": "secret"}), name="api_webhook_secret"),
    path("webhooks/<str:id>/test/", WebhookViewSet.as_view({"post": "test"}), name="api_webhook_test"),
    path("webhooks/<str:id>/deliveries/", WebhookViewSet.as_view({"get": "deliveries"}), name="api_webhook_deliveries"),
    path(
        "webhooks/<str:id>/deliveries/<str:delivery_id>/redeliver/",
        WebhookViewSet.as_view({"post": "redeliver"}),
        name="api_webhook_redeliver",
    ),
]
