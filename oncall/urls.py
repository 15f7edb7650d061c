"""Pages and API resources of the on-call app."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from oncall.api import callbacks
from oncall.api.alerts import AlertViewSet
from oncall.api.calendar_feeds import CalendarFeedViewSet
from oncall.api.calendar_sources import CalendarSourceViewSet
from oncall.api.change_previews import ChangePreviewViewSet
from oncall.api.compensation import CompensationRuleViewSet, StatementViewSet
from oncall.api.contact_points import ContactPointViewSet
from oncall.api.contacts import ContactViewSet
from oncall.api.duty import LoadViewSet
from oncall.api.events import event_enqueue
from oncall.api.ingest import ingest_alertmanager, ingest_grafana, ingest_json
from oncall.api.integrations import IntegrationTrialViewSet, IntegrationViewSet
from oncall.api.notification_rules import NotificationRulesViewSet, QuietHoursViewSet
from oncall.api.oncall import OnCallViewSet
from oncall.api.overrides import OverrideViewSet
from oncall.api.paging_log import AlertPageViewSet
from oncall.api.policies import PolicyViewSet
from oncall.api.preview import PreviewViewSet
from oncall.api.reviews import AlertReviewViewSet
from oncall.api.routes import InhibitionViewSet, RouteViewSet
from oncall.api.schedule_imports import ScheduleImportViewSet
from oncall.api.schedules import ScheduleViewSet
from oncall.api.shifts import ShiftViewSet
from oncall.api.silences import SilenceViewSet
from oncall.api.swaps import SwapViewSet
from oncall.api.temporary import TemporaryViewSet
from oncall.api.times_off import TimeOffViewSet
from oncall.views import (
    acks,
    alert_hands,
    alerts,
    calendar_sources,
    compensation,
    contact_points,
    contact_rules,
    contacts,
    duty,
    feeds,
    home,
    integrations,
    mappings,
    overrides,
    policies,
    reviews,
    rosters,
    routes,
    schedule_editor,
    schedule_imports,
    schedules,
    silences,
    swaps,
    temporary,
    times_off,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("alerts/", alerts.alert_list, name="alert_list"),
    path("alerts/new/", alerts.alert_create, name="alert_create"),
    path("alerts/subject/", mappings.subject_check, name="subject_check"),
    path("alerts/ack/<str:token>/", acks.alert_ack, name="alert_ack"),
    path("alerts/review/", reviews.alert_review, name="alert_review"),
    path("alerts/review/tasks/", reviews.alert_review_tasks, name="alert_review_tasks"),
    path("alerts/review/tasks/<str:id>/done/", reviews.alert_review_done, name="alert_review_done"),
    path("alerts/review/<slug:slug>/<str:week>/missing/", reviews.alert_missing, name="alert_missing"),
    path("alerts/review/<slug:slug>/<str:week>/<str:key>/", reviews.alert_class_review, name="alert_class_review"),
    path("alerts/bulk/", alert_hands.alert_bulk, name="alert_bulk"),
    path("alerts/<str:id>/", alerts.alert_detail, name="alert_detail"),
    path("alerts/<str:id>/acknowledge/", alerts.alert_acknowledge, name="alert_acknowledge"),
    path("alerts/<str:id>/resolve/", alerts.alert_resolve, name="alert_resolve"),
    path("alerts/<str:id>/snooze/", alert_hands.alert_snooze, name="alert_snooze"),
    path("alerts/<str:id>/reassign/", alert_hands.alert_reassign, name="alert_reassign"),
    path("alerts/<str:id>/escalate/", alert_hands.alert_escalate, name="alert_escalate"),
    path("alerts/<str:id>/responder/", alert_hands.alert_responder, name="alert_responder"),
    path("alerts/<str:id>/note/", alert_hands.alert_note, name="alert_note"),
    path("alerts/<str:id>/unmerge/", alert_hands.alert_unmerge, name="alert_unmerge"),
    path("silences/", silences.silence_list, name="silence_list"),
    path("silences/new/", silences.silence_create, name="silence_create"),
    path("silences/preview/", silences.silence_preview, name="silence_preview"),
    path("silences/<str:id>/", silences.silence_detail, name="silence_detail"),
    path("silences/<str:id>/end/", silences.silence_end, name="silence_end"),
    path("oncall/routes/", routes.route_home, name="route_home"),
    path("oncall/teams/<slug:slug>/routes/", routes.route_list, name="route_list"),
    path("oncall/teams/<slug:slug>/routes/new/", routes.route_create, name="route_create"),
    path("oncall/teams/<slug:slug>/inhibition/new/", routes.inhibition_create, name="inhibition_create"),
    path("oncall/routes/<str:id>/", routes.route_edit, name="route_edit"),
    path("oncall/routes/<str:id>/move/", routes.route_move, name="route_move"),
    path("oncall/routes/<str:id>/delete/", routes.route_delete, name="route_delete"),
    path("oncall/inhibition/<str:id>/", routes.inhibition_edit, name="inhibition_edit"),
    path("oncall/inhibition/<str:id>/delete/", routes.inhibition_delete, name="inhibition_delete"),
    path("oncall/", home.oncall_home, name="oncall_home"),
    path("oncall/mine/", rosters.my_shifts, name="my_shifts"),
    path("oncall/who/", rosters.duty_who, name="duty_who"),
    path("oncall/time-off/new/", times_off.time_off_create, name="time_off_create"),
    path("oncall/time-off/<str:id>/cancel/", times_off.time_off_cancel, name="time_off_cancel"),
    path("oncall/teams/<slug:slug>/schedules/new/", schedule_editor.schedule_create, name="schedule_create"),
    path("oncall/policies/", policies.policy_list, name="policy_list"),
    path("oncall/policies/<str:id>/", policies.policy_detail, name="policy_detail"),
    path("oncall/policies/<str:id>/edit/", policies.policy_edit, name="policy_edit"),
    path("oncall/policies/<str:id>/archive/", policies.policy_archive, name="policy_archive"),
    path("oncall/teams/<slug:slug>/policy/", policies.team_policy, name="team_policy"),
    path("oncall/teams/<slug:slug>/policies/new/", policies.policy_create, name="policy_create"),
    path("oncall/schedules/<str:id>/", schedules.schedule_detail, name="schedule_detail"),
    path("oncall/schedules/<str:id>/edit/", schedule_editor.schedule_edit, name="schedule_edit"),
    path("oncall/schedules/<str:id>/calendar/", schedules.schedule_calendar, name="schedule_calendar"),
    path("oncall/schedules/<str:id>/events/", schedules.schedule_events, name="schedule_events"),
    path("oncall/schedules/<str:id>/versions/", schedules.schedule_versions, name="schedule_versions"),
    path("oncall/schedules/<str:id>/versions/withdraw/", schedules.schedule_withdraw, name="schedule_withdraw"),
    path("oncall/schedules/<str:id>/expectations/", schedules.schedule_expectations, name="schedule_expectations"),
    path("oncall/schedules/<str:id>/handoff/", schedules.schedule_handoff, name="schedule_handoff"),
    path("oncall/schedules/<str:id>/archive/", schedules.schedule_archive, name="schedule_archive"),
    path("oncall/schedules/<str:id>/temporary/new/", temporary.temporary_create, name="temporary_create"),
    path("oncall/schedules/<str:id>/temporary/end/", temporary.temporary_end, name="temporary_end"),
    path("oncall/schedules/<str:id>/overrides/new/", overrides.override_create, name="override_create"),
    path("oncall/overrides/<str:id>/delete/", overrides.override_delete, name="override_delete"),
    path("oncall/schedules/<str:id>/swaps/new/", swaps.swap_create, name="swap_create"),
    path("oncall/swaps/<str:id>/take/", swaps.swap_take, name="swap_take"),
    path("oncall/swaps/<str:id>/withdraw/", swaps.swap_withdraw, name="swap_withdraw"),
    path("oncall/contact-points/", contact_points.contact_point_list, name="contact_point_list"),
    path("oncall/contact-points/new/", contact_points.contact_point_create, name="contact_point_create"),
    path("oncall/contact-points/<str:id>/", contact_points.contact_point_detail, name="contact_point_detail"),
    path("oncall/contact-points/<str:id>/edit/", contact_points.contact_point_edit, name="contact_point_edit"),
    path("oncall/contact-points/<str:id>/test/", contact_points.contact_point_test, name="contact_point_test"),
    path("oncall/contact-points/<str:id>/secret/", contact_points.contact_point_secret, name="contact_point_secret"),
    path("oncall/contact-points/<str:id>/switch/", contact_points.contact_point_switch, name="contact_point_switch"),
    path("oncall/contact-points/<str:id>/delete/", contact_points.contact_point_delete, name="contact_point_delete"),
    path("oncall/reports/", duty.duty_report, name="duty_report"),
    path("oncall/reports/load.csv", duty.duty_csv, name="duty_csv"),
    path("oncall/reports/me/", duty.duty_own, name="duty_own"),
    path("oncall/reports/coverage/", duty.uncovered_services, name="uncovered_services"),
    path("oncall/compensation/", compensation.compensation_list, name="compensation_list"),
    path("oncall/compensation/statements.csv", compensation.compensation_csv, name="compensation_csv"),
    path("oncall/compensation/statements.pdf", compensation.compensation_pdf, name="compensation_pdf"),
    path("oncall/compensation/rules/", compensation.compensation_rules, name="compensation_rules"),
    path(
        "oncall/compensation/<slug:slug>/rules/new/",
        compensation.compensation_rule_create,
        name="compensation_rule_create",
    ),
    path(
        "oncall/compensation/rules/<str:id>/edit/",
        compensation.compensation_rule_edit,
        name="compensation_rule_edit",
    ),
    path("oncall/compensation/rules/<str:id>/end/", compensation.compensation_rule_end, name="compensation_rule_end"),
    path("oncall/integrations/", integrations.integration_list, name="integration_list"),
    path("oncall/integrations/new/", integrations.integration_create, name="integration_create"),
    path("oncall/integrations/<str:id>/", integrations.integration_detail, name="integration_detail"),
    path("oncall/integrations/<str:id>/edit/", integrations.integration_edit, name="integration_edit"),
    path("oncall/integrations/<str:id>/mapping/", mappings.integration_mapping, name="integration_mapping"),
    path("oncall/integrations/<str:id>/key/", integrations.integration_rotate, name="integration_rotate"),
    path("oncall/integrations/<str:id>/test/", integrations.integration_test, name="integration_test"),
    path("oncall/integrations/<str:id>/retry/", integrations.integration_retry, name="integration_retry"),
    path("oncall/integrations/<str:id>/revoke/", integrations.integration_revoke, name="integration_revoke"),
    path("ingest/json/<str:key>", ingest_json, name="ingest_json"),
    path("ingest/json/<str:key>/", ingest_json, name="ingest_json"),
    path("ingest/alertmanager/<str:key>", ingest_alertmanager, name="ingest_alertmanager"),
    path("ingest/alertmanager/<str:key>/", ingest_alertmanager, name="ingest_alertmanager"),
    path("ingest/grafana/<str:key>", ingest_grafana, name="ingest_grafana"),
    path("ingest/grafana/<str:key>/", ingest_grafana, name="ingest_grafana"),
    path(
        "ingest/callbacks/twilio/status/<str:token>/", callbacks.callback_twilio_status, name="callback_twilio_status"
    ),
    path("ingest/callbacks/twilio/voice/<str:token>/", callbacks.callback_twilio_voice, name="callback_twilio_voice"),
    path("ingest/callbacks/twilio/sms/", callbacks.callback_twilio_sms, name="callback_twilio_sms"),
    path("ingest/callbacks/slack/", callbacks.callback_slack, name="callback_slack"),
    path("ingest/callbacks/mattermost/", callbacks.callback_mattermost, name="callback_mattermost"),
    path("ingest/callbacks/telegram/", callbacks.callback_telegram, name="callback_telegram"),
    path("ingest/callbacks/pushover/<str:token>/", callbacks.callback_pushover, name="callback_pushover"),
    path("v2/enqueue", event_enqueue, name="event_enqueue"),
    path("v2/enqueue/", event_enqueue, name="event_enqueue"),
    path("oncall/feeds/", feeds.feed_list, name="feed_list"),
    path("oncall/feeds/<str:id>/revoke/", feeds.feed_revoke, name="feed_revoke"),
    path("calendar/<str:token>.ics", feeds.calendar_feed, name="calendar_feed"),
    path("oncall/import/", schedule_imports.schedule_import, name="schedule_import"),
    path("oncall/schedules/<str:id>/calendars/", calendar_sources.calendar_source_list, name="calendar_source_list"),
    path("oncall/calendars/<str:id>/", calendar_sources.calendar_source_detail, name="calendar_source_detail"),
    path("oncall/calendars/<str:id>/fetch/", calendar_sources.calendar_source_fetch, name="calendar_source_fetch"),
    path("oncall/calendars/<str:id>/delete/", calendar_sources.calendar_source_delete, name="calendar_source_delete"),
    path("settings/contacts/", contacts.contact_list, name="contact_list"),
    path("settings/contacts/new/", contacts.contact_create, name="contact_create"),
    path("settings/contacts/rules/", contact_rules.contact_rules, name="contact_rules"),
    path("settings/contacts/page-me/", contacts.contact_page_me, name="contact_page_me"),
    path("settings/contacts/<str:id>/edit/", contacts.contact_edit, name="contact_edit"),
    path("settings/contacts/<str:id>/move/", contacts.contact_move, name="contact_move"),
    path("settings/contacts/<str:id>/code/", contacts.contact_code, name="contact_code"),
    path("settings/contacts/<str:id>/test/", contacts.contact_test, name="contact_test"),
    path("settings/contacts/<str:id>/secret/", contacts.contact_secret, name="contact_secret"),
    path("settings/contacts/<str:id>/verify/", contacts.contact_verify, name="contact_verify"),
    path("settings/contacts/<str:id>/delete/", contacts.contact_delete, name="contact_delete"),
]

COLLECTION: dict[str, Any] = {"get": "list", "post": "create"}
REPLACED: dict[str, Any] = {"get": "retrieve", "put": "update", "delete": "destroy"}
OBJECT: dict[str, Any] = {"get": "retrieve", "patch": "partial_update"}

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("alerts/", AlertViewSet.as_view(COLLECTION), name="api_alerts"),
    path("alert-reviews/", AlertReviewViewSet.as_view(COLLECTION), name="api_alert_reviews"),
    path("alert-reviews/week/", AlertReviewViewSet.as_view({"get": "week"}), name="api_alert_review_week"),
    path("alert-reviews/<str:id>/done/", AlertReviewViewSet.as_view({"post": "done"}), name="api_alert_review_done"),
    path("alerts/<str:id>/", AlertViewSet.as_view({"get": "retrieve"}), name="api_alert"),
    path("alerts/<str:id>/pages/", AlertPageViewSet.as_view({"get": "list"}), name="api_alert_pages"),
    path("alerts/<str:id>/acknowledge/", AlertViewSet.as_view({"post": "acknowledge"}), name="api_alert_acknowledge"),
    path("alerts/<str:id>/resolve/", AlertViewSet.as_view({"post": "resolve"}), name="api_alert_resolve"),
    path("alerts/<str:id>/snooze/", AlertViewSet.as_view({"post": "snooze"}), name="api_alert_snooze"),
    path("alerts/<str:id>/reassign/", AlertViewSet.as_view({"post": "reassign"}), name="api_alert_reassign"),
    path("alerts/<str:id>/escalate/", AlertViewSet.as_view({"post": "escalate"}), name="api_alert_escalate"),
    path("alerts/<str:id>/responders/", AlertViewSet.as_view({"post": "responder"}), name="api_alert_responder"),
    path("alerts/<str:id>/notes/", AlertViewSet.as_view({"post": "note"}), name="api_alert_note"),
    path("alerts/<str:id>/merge/", AlertViewSet.as_view({"post": "merge"}), name="api_alert_merge"),
    path("alerts/<str:id>/unmerge/", AlertViewSet.as_view({"post": "unmerge"}), name="api_alert_unmerge"),
    path("silences/", SilenceViewSet.as_view(COLLECTION), name="api_silences"),
    path("silences/preview/", SilenceViewSet.as_view({"post": "preview"}), name="api_silence_preview"),
    path("silences/<str:id>/", SilenceViewSet.as_view({"get": "retrieve"}), name="api_silence"),
    path("silences/<str:id>/end/", SilenceViewSet.as_view({"post": "end"}), name="api_silence_end"),
    path("alert-routes/", RouteViewSet.as_view(COLLECTION), name="api_alert_routes"),
    path("alert-routes/<str:id>/", RouteViewSet.as_view(REPLACED), name="api_alert_route"),
    path("inhibition-rules/", InhibitionViewSet.as_view(COLLECTION), name="api_inhibition_rules"),
    path("inhibition-rules/<str:id>/", InhibitionViewSet.as_view(REPLACED), name="api_inhibition_rule"),
    path("schedules/", ScheduleViewSet.as_view(COLLECTION), name="api_schedules"),
    path("schedules/preview/", PreviewViewSet.as_view({"post": "preview"}), name="api_schedule_preview"),
    path(
        "schedules/<str:id>/",
        ScheduleViewSet.as_view(OBJECT | {"delete": "destroy"}),
        name="api_schedule",
    ),
    path(
        "schedules/<str:id>/preview/",
        ChangePreviewViewSet.as_view({"post": "preview"}),
        name="api_schedule_change_preview",
    ),
    path("schedules/<str:id>/swaps/", SwapViewSet.as_view(COLLECTION), name="api_schedule_swaps"),
    path("schedules/<str:id>/temporary/", TemporaryViewSet.as_view(COLLECTION), name="api_schedule_temporaries"),
    path(
        "schedules/<str:id>/temporary/<str:name>/",
        TemporaryViewSet.as_view({"delete": "destroy"}),
        name="api_schedule_temporary",
    ),
    path("swaps/<str:id>/", SwapViewSet.as_view({"get": "retrieve"}), name="api_swap"),
    path("swaps/<str:id>/take/", SwapViewSet.as_view({"post": "take"}), name="api_swap_take"),
    path("swaps/<str:id>/withdraw/", SwapViewSet.as_view({"post": "withdraw"}), name="api_swap_withdraw"),
    path("times-off/", TimeOffViewSet.as_view(COLLECTION), name="api_times_off"),
    path("times-off/<str:id>/", TimeOffViewSet.as_view({"delete": "destroy"}), name="api_time_off"),
    path("schedules/<str:id>/versions/", ScheduleViewSet.as_view({"get": "versions"}), name="api_schedule_versions"),
    path("schedules/<str:id>/shifts/", ShiftViewSet.as_view({"get": "list"}), name="api_schedule_shifts"),
    path("schedules/<str:id>/overrides/", OverrideViewSet.as_view(COLLECTION), name="api_overrides"),
    path("overrides/<str:id>/", OverrideViewSet.as_view({"delete": "destroy"}), name="api_override"),
    path("schedule-imports/", ScheduleImportViewSet.as_view({"post": "create"}), name="api_schedule_imports"),
    path(
        "schedules/<str:id>/calendars/", CalendarSourceViewSet.as_view(COLLECTION), name="api_schedule_calendar_sources"
    ),
    path(
        "calendar-sources/<str:id>/",
        CalendarSourceViewSet.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api_calendar_source",
    ),
    path("calendar-feeds/", CalendarFeedViewSet.as_view(COLLECTION), name="api_calendar_feeds"),
    path("calendar-feeds/<str:id>/", CalendarFeedViewSet.as_view({"delete": "destroy"}), name="api_calendar_feed"),
    path("integrations/", IntegrationViewSet.as_view(COLLECTION), name="api_integrations"),
    path(
        "integrations/preview/", IntegrationTrialViewSet.as_view({"post": "preview"}), name="api_integrations_preview"
    ),
    path("integrations/<str:id>/", IntegrationViewSet.as_view(OBJECT), name="api_integration"),
    path(
        "integrations/<str:id>/rotate/", IntegrationViewSet.as_view({"post": "rotate"}), name="api_integration_rotate"
    ),
    path(
        "integrations/<str:id>/revoke/", IntegrationViewSet.as_view({"post": "revoke"}), name="api_integration_revoke"
    ),
    path("integrations/<str:id>/test/", IntegrationViewSet.as_view({"post": "test"}), name="api_integration_test"),
    path(
        "integrations/<str:id>/incoming/",
        IntegrationViewSet.as_view({"get": "incoming"}),
        name="api_integration_incoming",
    ),
    path("oncall/load/", LoadViewSet.as_view({"get": "show"}), name="api_oncall_load"),
    path("oncall/compensation/", StatementViewSet.as_view({"get": "show"}), name="api_compensation"),
    path("oncall/compensation/rules/", CompensationRuleViewSet.as_view(COLLECTION), name="api_compensation_rules"),
    path("oncall/compensation/rules/<str:id>/", CompensationRuleViewSet.as_view(OBJECT), name="api_compensation_rule"),
    path(
        "oncall/compensation/rules/<str:id>/end/",
        CompensationRuleViewSet.as_view({"post": "end"}),
        name="api_compensation_rule_end",
    ),
    path("contacts/", ContactViewSet.as_view(COLLECTION), name="api_contacts"),
    path("contacts/<str:id>/", ContactViewSet.as_view(OBJECT | {"delete": "destroy"}), name="api_contact"),
    path("contacts/<str:id>/verify/", ContactViewSet.as_view({"post": "verify"}), name="api_contact_verify"),
    path("contacts/<str:id>/test/", ContactViewSet.as_view({"post": "test"}), name="api_contact_test"),
    path("contact-points/", ContactPointViewSet.as_view(COLLECTION), name="api_contact_points"),
    path(
        "contact-points/<str:id>/",
        ContactPointViewSet.as_view(OBJECT | {"delete": "destroy"}),
        name="api_contact_point",
    ),
    path("contact-points/<str:id>/test/", ContactPointViewSet.as_view({"post": "test"}), name="api_contact_point_test"),
    path(
        "contact-points/<str:id>/rotate/",
        ContactPointViewSet.as_view({"post": "rotate"}),
        name="api_contact_point_rotate",
    ),
    path(
        "contact-points/<str:id>/settle/",
        ContactPointViewSet.as_view({"post": "settle"}),
        name="api_contact_point_settle",
    ),
    path(
        "notification-rules/",
        NotificationRulesViewSet.as_view({"get": "show", "put": "replace"}),
        name="api_notification_rules",
    ),
    path(
        "quiet-hours/",
        QuietHoursViewSet.as_view({"get": "show", "put": "replace", "delete": "destroy"}),
        name="api_quiet_hours",
    ),
    path("oncall/now/", OnCallViewSet.as_view({"get": "now"}), name="api_oncall_now"),
    path("escalation-policies/", PolicyViewSet.as_view(COLLECTION), name="api_escalation_policies"),
    path(
        "escalation-policies/<str:id>/",
        PolicyViewSet.as_view(OBJECT | {"delete": "destroy"}),
        name="api_escalation_policy",
    ),
    path(
        "escalation-policies/<str:id>/preview/",
        PolicyViewSet.as_view({"post": "preview"}),
        name="api_escalation_policy_preview",
    ),
]
