"""The pages of links, and the API resources links and domains."""

from django.urls import URLPattern, URLResolver, path

from shortener.api.abuse_reports import AbuseReportViewSet
from shortener.api.bans import BanViewSet
from shortener.api.blocklists import BlockRuleViewSet
from shortener.api.bulk import LinkBulkViewSet
from shortener.api.dead_links import DeadLinkViewSet
from shortener.api.domains import DomainViewSet
from shortener.api.exports import ExportViewSet
from shortener.api.history import LinkHistoryViewSet
from shortener.api.imports import ImportViewSet
from shortener.api.links import LinkViewSet
from shortener.api.orphans import OrphanViewSet
from shortener.api.qr import LinkQrViewSet
from shortener.api.quotas import QuotaViewSet
from shortener.api.rule_tests import RuleTestViewSet
from shortener.api.saved_filters import SavedFilterViewSet
from shortener.api.stats import LinkStatsViewSet, StatsViewSet
from shortener.api.trash import TrashViewSet
from shortener.api.usage import UsageViewSet
from shortener.api.utm_templates import UtmTemplateViewSet
from shortener.api.webhooks import WebhookViewSet
from shortener.views import (
    abuse_reports,
    analytics,
    bookmarklet,
    dead_links,
    domains,
    exports,
    follow,
    imports,
    link_bulk,
    link_history,
    link_list,
    link_trash,
    links,
    moderation,
    orphans,
    qr,
    rule_test,
    saved_filters,
    usage,
    utm_templates,
    webhooks,
    weekly_mails,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("links/", link_list.link_list, name="link_list"),
    path("links/domains/", domains.domain_list, name="domain_list"),
    path("links/domains/new/", domains.domain_create, name="domain_create"),
    path("links/domains/<str:domain_id>/", domains.domain_detail, name="domain_detail"),
    path("links/domains/<str:domain_id>/edit/", domains.domain_edit, name="domain_edit"),
    path("links/domains/<str:domain_id>/archive/", domains.domain_archive, name="domain_archive"),
    path("links/domains/<str:domain_id>/restore/", domains.domain_restore, name="domain_restore"),
    path("links/domains/<str:domain_id>/logo/", domains.domain_logo, name="domain_logo"),
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
    path("links/imports/", imports.import_list, name="import_list"),
    path("links/imports/new/", imports.import_create, name="import_create"),
    path("links/imports/<str:import_id>/", imports.import_detail, name="import_detail"),
    path("links/imports/<str:import_id>/map/", imports.import_map, name="import_map"),
    path("links/imports/<str:import_id>/start/", imports.import_start, name="import_start"),
    path("links/imports/<str:import_id>/cancel/", imports.import_cancel, name="import_cancel"),
    path("links/imports/<str:import_id>/errors.csv", imports.import_errors, name="import_errors"),
    path("links/export/", exports.export_page, name="export_page"),
    path("links/export/file/", exports.export_links, name="export_links"),
    path("links/bookmarklet/", bookmarklet.bookmarklet, name="bookmarklet"),
    path("links/<str:link_id>/restore/", link_trash.link_restore, name="link_restore"),
    path("links/<str:link_id>/test/", rule_test.rule_test, name="rule_test"),
    path("links/<str:link_id>/history/", link_history.link_history, name="link_history"),
    path("links/new/", links.link_create, name="link_create"),
    path("links/analytics/", analytics.stats_home, name="stats_home"),
    path("links/analytics/export/", analytics.stats_export, name="stats_export"),
    path("links/analytics/<str:kind>/<path:key>/clicks.csv", analytics.stats_csv, name="stats_csv"),
    path("links/analytics/<str:kind>/<path:key>/clicks.png", analytics.stats_png, name="stats_png"),
    path("links/analytics/<str:kind>/<path:key>/sources.csv", analytics.stats_facets_csv, name="stats_facets_csv"),
    path(
        "links/analytics/<str:kind>/<path:key>/sources/<str:dimension>.png",
        analytics.stats_facet_png,
        name="stats_facet_png",
    ),
    path("links/orphans/", orphans.orphan_list, name="orphan_list"),
    path("links/orphans.csv", orphans.orphan_csv, name="orphan_csv"),
    path("links/orphans.png", orphans.orphan_png, name="orphan_png"),
    path("links/usage/", usage.usage_list, name="usage_list"),
    path("links/usage.csv", usage.usage_csv, name="usage_csv"),
    path("links/quotas/<str:team>/", usage.quota_edit, name="quota_edit"),
    path("links/weekly-mail/", weekly_mails.weekly_mail_edit, name="weekly_mail_edit"),
    path("links/weekly-mail/stop/<str:token>/", weekly_mails.weekly_mail_stop, name="weekly_mail_stop"),
    path("links/tags/<path:tag>/", analytics.stats_tag, name="stats_tag"),
    path("links/teams/<str:team>/", analytics.stats_team, name="stats_team"),
    path("links/domains/<str:domain_id>/stats/", analytics.stats_domain, name="stats_domain"),
    path("links/<str:link_id>/stats/", analytics.stats_link, name="stats_link"),
    path("links/<str:link_id>/", links.link_detail, name="link_detail"),
    path("links/<str:link_id>/edit/", links.link_edit, name="link_edit"),
    path("links/<str:link_id>/qr/", qr.link_qr, name="link_qr"),
    path("links/<str:link_id>/qr.<str:kind>", qr.link_qr_image, name="link_qr_image"),
    path("links/<str:link_id>/disable/", links.link_disable, name="link_disable"),
    path("links/<str:link_id>/enable/", links.link_enable, name="link_enable"),
    path("links/<str:link_id>/delete/", links.link_delete, name="link_delete"),
    path("report/", abuse_reports.abuse_report, name="abuse_report"),
    path("dead-links/", dead_links.dead_link_list, name="dead_link_list"),
    path("dead-links/links-to-repair.csv", dead_links.dead_link_csv, name="dead_link_csv"),
    path("dead-links/<str:link_id>/recheck/", dead_links.dead_link_recheck, name="dead_link_recheck"),
    path("moderation/", moderation.moderation_queue, name="moderation_queue"),
    path("moderation/bans/", moderation.ban_list, name="ban_list"),
    path("moderation/bans/new/", moderation.ban_create, name="ban_create"),
    path("moderation/bans/<str:ban_id>/lift/", moderation.ban_lift, name="ban_lift"),
    path("moderation/blocklist/", moderation.block_rule_list, name="block_rule_list"),
    path("moderation/blocklist/new/", moderation.block_rule_create, name="block_rule_create"),
    path("moderation/blocklist/paste/", moderation.block_rule_import, name="block_rule_import"),
    path("moderation/blocklist/<str:rule_id>/remove/", moderation.block_rule_delete, name="block_rule_delete"),
    path("moderation/reports/<str:report_id>/", moderation.moderation_case, name="moderation_case"),
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
    path("go/<str:domain>/", follow.link_follow, name="link_follow"),
    path("go/<str:domain>/<path:slug>", follow.link_follow, name="link_follow"),
]

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("links/", LinkViewSet.as_view({"get": "list", "post": "create"}), name="api_links"),
    path("links/export/", ExportViewSet.as_view({"get": "export"}), name="api_link_export"),
    path("imports/", ImportViewSet.as_view({"get": "list", "post": "create"}), name="api_imports"),
    path("imports/<str:id>/", ImportViewSet.as_view({"get": "retrieve"}), name="api_import"),
    path("imports/<str:id>/start/", ImportViewSet.as_view({"post": "start"}), name="api_import_start"),
    path("imports/<str:id>/cancel/", ImportViewSet.as_view({"post": "cancel"}), name="api_import_cancel"),
    path("imports/<str:id>/errors/", ImportViewSet.as_view({"get": "errors"}), name="api_import_errors"),
    path("imports/<str:id>/errors.csv", ImportViewSet.as_view({"get": "errors_csv"}), name="api_import_errors_csv"),
    path("links/bulk/", LinkBulkViewSet.as_view({"post": "create"}), name="api_links_bulk"),
    path("links/trash/", TrashViewSet.as_view({"get": "list"}), name="api_links_trash"),
    path("links/upsert/", LinkViewSet.as_view({"post": "upsert"}), name="api_links_upsert"),
    path("links/<str:id>/history/", LinkHistoryViewSet.as_view({"get": "list"}), name="api_link_history"),
    path("links/<str:id>/restore/", LinkViewSet.as_view({"post": "restore"}), name="api_link_restore"),
    path("saved-filters/", SavedFilterViewSet.as_view({"get": "list", "post": "create"}), name="api_saved_filters"),
    path(
        "saved-filters/<str:id>/",
        SavedFilterViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api_saved_filter",
    ),
    path("links/count/", LinkViewSet.as_view({"get": "count"}), name="api_link_count"),
    path(
        "links/<str:id>/",
        LinkViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api_link",
    ),
    path("links/<str:id>/qr/", LinkQrViewSet.as_view({"get": "retrieve"}), name="api_link_qr"),
    path("links/<str:id>/test/", RuleTestViewSet.as_view({"post": "test"}), name="api_link_test"),
    path("links/<str:id>/stats/", LinkStatsViewSet.as_view({"get": "retrieve"}), name="api_link_stats"),
    path("stats/", StatsViewSet.as_view({"get": "retrieve"}), name="api_stats"),
    path("orphans/", OrphanViewSet.as_view({"get": "retrieve"}), name="api_orphans"),
    path("usage/", UsageViewSet.as_view({"get": "list"}), name="api_usage"),
    path("quotas/", QuotaViewSet.as_view({"get": "list"}), name="api_quotas"),
    path("quotas/<str:team>/", QuotaViewSet.as_view({"get": "retrieve", "patch": "partial_update"}), name="api_quota"),
    path("stats/export/", StatsViewSet.as_view({"get": "export"}), name="api_stats_export"),
    path("utm-templates/", UtmTemplateViewSet.as_view({"get": "list", "post": "create"}), name="api_utm_templates"),
    path(
        "utm-templates/<str:id>/",
        UtmTemplateViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api_utm_template",
    ),
    path("domains/", DomainViewSet.as_view({"get": "list", "post": "create"}), name="api_domains"),
    path(
        "domains/<str:id>/",
        DomainViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api_domain",
    ),
    path("domains/<str:id>/archive/", DomainViewSet.as_view({"post": "archive"}), name="api_domain_archive"),
    path("domains/<str:id>/restore/", DomainViewSet.as_view({"post": "restore"}), name="api_domain_restore"),
    path("dead-links/", DeadLinkViewSet.as_view({"get": "list"}), name="api_dead_links"),
    path("dead-links/<str:id>/recheck/", DeadLinkViewSet.as_view({"post": "recheck"}), name="api_dead_link_recheck"),
    path("bans/", BanViewSet.as_view({"get": "list", "post": "create"}), name="api_bans"),
    path("bans/<str:id>/", BanViewSet.as_view({"get": "retrieve", "delete": "destroy"}), name="api_ban"),
    path("block-rules/", BlockRuleViewSet.as_view({"get": "list", "post": "create"}), name="api_block_rules"),
    path("block-rules/import/", BlockRuleViewSet.as_view({"post": "paste"}), name="api_block_rule_import"),
    path(
        "block-rules/<str:id>/",
        BlockRuleViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="api_block_rule",
    ),
    path("abuse-reports/", AbuseReportViewSet.as_view({"get": "list"}), name="api_abuse_reports"),
    path("abuse-reports/<str:id>/", AbuseReportViewSet.as_view({"get": "retrieve"}), name="api_abuse_report"),
    path(
        "abuse-reports/<str:id>/decide/", AbuseReportViewSet.as_view({"post": "decide"}), name="api_abuse_report_decide"
    ),
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
