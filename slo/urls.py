from typing import Any

from django.urls import URLPattern, URLResolver, path

from slo.api.audits import MeasurementAuditViewSet
from slo.api.capacity_plans import CapacityPlanViewSet, PlanStepViewSet
from slo.api.capacity_points import ResourceForecastViewSet, ResourcePointsViewSet
from slo.api.changes import change_enqueue
from slo.api.composites import CompositeViewSet, PartsViewSet
from slo.api.corrections import CorrectionViewSet
from slo.api.forecasts import ForecastPreviewViewSet
from slo.api.gates import EvaluationViewSet, GateViewSet, OverrideViewSet
from slo.api.heartbeats import HeartbeatViewSet
from slo.api.known_events import KnownEventViewSet, LoadTestViewSet
from slo.api.maintenance import MaintenanceViewSet
from slo.api.openslo import OpenSloViewSet, RuleFileViewSet
from slo.api.pings import ingest_heartbeat
from slo.api.policies import BudgetPolicyViewSet, ReleaseWindowViewSet
from slo.api.previews import PreviewViewSet
from slo.api.probe_runs import ProbeResultViewSet, ProbeTrialViewSet
from slo.api.probes import ProbeViewSet
from slo.api.pushes import PushViewSet
from slo.api.queries import QueryViewSet
from slo.api.releases import ReleaseViewSet
from slo.api.resources import ResourceViewSet
from slo.api.slas import SlaViewSet
from slo.api.slis import SliViewSet
from slo.api.slo_numbers import SloNumbersViewSet
from slo.api.slos import SloViewSet
from slo.api.sources import PrometheusServerViewSet
from slo.api.tiers import TierRulesViewSet
from slo.api.versions import VersionSourceViewSet, VersionViewSet
from slo.views import (
    audits,
    calculators,
    capacity_calculator,
    capacity_events,
    capacity_plans,
    composites,
    corrections,
    gates,
    heartbeats,
    locations,
    maintenance,
    openslo,
    plan_steps,
    policies,
    probe_forms,
    probes,
    queries,
    release_windows,
    releases,
    resource_points,
    resources,
    reviews,
    slas,
    sli_queries,
    slis,
    slo_forms,
    slo_graphs,
    slo_list,
    slos,
    sources,
    tiers,
    walls,
    whatif,
)

LIST: dict[str, Any] = {"get": "list", "post": "create"}
ONE: dict[str, Any] = {"get": "retrieve", "patch": "partial_update"}
OWNED: dict[str, Any] = {"get": "retrieve", "put": "update", "delete": "destroy"}

urlpatterns: list[URLPattern | URLResolver] = [
    path("slos/", slo_list.slo_list, name="slo_list"),
    path("slos/new/", slo_forms.slo_create, name="slo_create"),
    path("slos/calculator/", calculators.slo_calculator, name="slo_calculator"),
    path("queries/", queries.query_page, name="query_page"),
    path("queries/csv/", queries.query_csv, name="query_csv"),
    path("queries/png/", queries.query_png, name="query_png"),
    path("queries/<str:public_id>/forget/", queries.query_forget, name="query_forget"),
    path("slos/tiers/", tiers.tier_rules_list, name="tier_rules_list"),
    path("slos/tiers/<int:tier>/", tiers.tier_rules_edit, name="tier_rules_edit"),
    path("slos/as-code/", openslo.slo_as_code, name="slo_as_code"),
    path("slos/as-code/openslo.yaml", openslo.openslo_download, name="openslo_download"),
    path("slos/as-code/prometheus.yaml", openslo.rule_file_download, name="rule_file_download"),
    path("slos/wall/", walls.slo_wall, name="slo_wall"),
    path("slos/audit/", audits.measurement_audit, name="measurement_audit"),
    path("slos/reviews/", reviews.slo_review_list, name="slo_review_list"),
    path("slos/composites/new/", composites.composite_create, name="composite_create"),
    path("slos/<str:public_id>/parts/", composites.slo_parts, name="slo_parts"),
    path("slos/<str:public_id>/", slos.slo_detail, name="slo_detail"),
    path("slos/<str:public_id>/edit/", slo_forms.slo_edit, name="slo_edit"),
    path("slos/<str:public_id>/archive/", slo_forms.slo_archive, name="slo_archive"),
    path("slos/<str:public_id>/review/", reviews.slo_review, name="slo_review"),
    path("slos/<str:public_id>/sla/", slas.sla_detail, name="sla_detail"),
    path("slos/<str:public_id>/sla/remove/", slas.sla_remove, name="sla_remove"),
    path("slos/<str:public_id>/what-if/", whatif.slo_what_if, name="slo_what_if"),
    path("slos/<str:public_id>/graphs/<str:name>.<str:kind>", slo_graphs.slo_graph, name="slo_graph"),
    path("corrections/", corrections.correction_list, name="correction_list"),
    path("corrections/new/", corrections.correction_create, name="correction_create"),
    path("corrections/<str:public_id>/revoke/", corrections.correction_revoke, name="correction_revoke"),
    path("maintenance/", maintenance.maintenance_list, name="maintenance_list"),
    path("maintenance/new/", maintenance.maintenance_create, name="maintenance_create"),
    path("maintenance/<str:public_id>/cancel/", maintenance.maintenance_cancel, name="maintenance_cancel"),
    path("probes/", probes.probe_list, name="probe_list"),
    path("probes/new/", probe_forms.probe_create, name="probe_create"),
    path("probes/locations/", locations.location_list, name="location_list"),
    path("probes/<str:public_id>/", probes.probe_detail, name="probe_detail"),
    path("probes/<str:public_id>/edit/", probe_forms.probe_edit, name="probe_edit"),
    path("probes/<str:public_id>/pause/", probes.probe_pause, name="probe_pause"),
    path("slis/", slis.sli_list, name="sli_list"),
    path("slis/new/", slis.sli_create, name="sli_create"),
    path("slis/new/push/", slis.sli_push, name="sli_push"),
    path("slis/new/prometheus/", sli_queries.sli_query, name="sli_query"),
    path("slis/<str:public_id>/", slis.sli_detail, name="sli_detail"),
    path("slis/<str:public_id>/edit/", sli_queries.sli_edit, name="sli_edit"),
    path("slis/<str:public_id>/watch/", slis.sli_watch, name="sli_watch"),
    path("sources/", sources.source_list, name="source_list"),
    path("sources/new/", sources.source_create, name="source_create"),
    path("sources/<str:public_id>/edit/", sources.source_edit, name="source_edit"),
    path("sources/<str:public_id>/test/", sources.source_test, name="source_test"),
    path("sources/<str:public_id>/remove/", sources.source_delete, name="source_delete"),
    path("heartbeats/", heartbeats.heartbeat_list, name="heartbeat_list"),
    path("heartbeats/new/", heartbeats.heartbeat_create, name="heartbeat_create"),
    path("heartbeats/<str:public_id>/", heartbeats.heartbeat_detail, name="heartbeat_detail"),
    path("heartbeats/<str:public_id>/edit/", heartbeats.heartbeat_edit, name="heartbeat_edit"),
    path("heartbeats/<str:public_id>/pause/", heartbeats.heartbeat_pause, name="heartbeat_pause"),
    path("heartbeats/<str:public_id>/key/", heartbeats.heartbeat_rotate, name="heartbeat_rotate"),
    path("heartbeats/<str:public_id>/remove/", heartbeats.heartbeat_delete, name="heartbeat_delete"),
    path("ingest/heartbeat/<str:key>", ingest_heartbeat, name="ingest_heartbeat"),
    path("ingest/heartbeat/<str:key>/", ingest_heartbeat, name="ingest_heartbeat"),
    path("ingest/heartbeat/<str:key>/<str:action>", ingest_heartbeat, name="ingest_heartbeat"),
    path("ingest/heartbeat/<str:key>/<str:action>/", ingest_heartbeat, name="ingest_heartbeat"),
    path("capacity/", resources.resource_list, name="resource_list"),
    path("capacity/new/", resources.resource_create, name="resource_create"),
    path("capacity/calculator/", capacity_calculator.capacity_calculator, name="capacity_calculator"),
    path("capacity/plans/", capacity_plans.plan_list, name="plan_list"),
    path("capacity/plans/<str:public_id>/", capacity_plans.plan_detail, name="plan_detail"),
    path("capacity/plans/<str:public_id>/budget/", capacity_plans.plan_budget, name="plan_budget"),
    path("capacity/plans/<str:public_id>/end/", capacity_plans.plan_archive, name="plan_archive"),
    path("capacity/plans/<str:public_id>/steps/new/", plan_steps.plan_step_create, name="plan_step_create"),
    path("capacity/steps/<str:public_id>/", plan_steps.plan_step_edit, name="plan_step_edit"),
    path("capacity/<str:public_id>/", resources.resource_detail, name="resource_detail"),
    path("capacity/<str:public_id>/edit/", resources.resource_edit, name="resource_edit"),
    path("capacity/<str:public_id>/archive/", resources.resource_archive, name="resource_archive"),
    path("capacity/<str:public_id>/points/", resource_points.resource_points, name="resource_points"),
    path("capacity/<str:public_id>/events/new/", capacity_events.known_event_create, name="known_event_create"),
    path(
        "capacity/<str:public_id>/events/<str:event_id>/remove/",
        capacity_events.known_event_remove,
        name="known_event_remove",
    ),
    path("capacity/<str:public_id>/load-tests/new/", capacity_events.load_test_create, name="load_test_create"),
    path("capacity/<str:public_id>/plans/new/", capacity_plans.plan_create, name="plan_create"),
    path("releases/", releases.release_list, name="release_list"),
    path("releases/new/", releases.release_create, name="release_create"),
    path("releases/snippets/", releases.release_snippets, name="release_snippets"),
    path("releases/<str:public_id>/", releases.release_detail, name="release_detail"),
    path("releases/<str:public_id>/edit/", releases.release_edit, name="release_edit"),
    path("releases/<str:public_id>/move/", releases.release_move, name="release_move"),
    path("releases/<str:public_id>/validate/", releases.release_validate, name="release_validate"),
    path("releases/<str:public_id>/rollback/", releases.release_rollback, name="release_rollback"),
    path("services/<slug:slug>/gate/", gates.gate_detail, name="gate_detail"),
    path("services/<slug:slug>/gate/override/", gates.gate_override, name="gate_override"),
    path("services/<slug:slug>/gate/evaluations/", gates.gate_evaluation_list, name="gate_evaluation_list"),
    path("gate/evaluations/<str:public_id>/", gates.gate_evaluation_detail, name="gate_evaluation_detail"),
    path("gate/overrides/<str:public_id>/revoke/", gates.gate_override_revoke, name="gate_override_revoke"),
    path("policies/", policies.budget_policy_list, name="budget_policy_list"),
    path("policies/<str:kind>/<slug:slug>/", policies.budget_policy_detail, name="budget_policy_detail"),
    path("policies/<str:kind>/<slug:slug>/edit/", policies.budget_policy_edit, name="budget_policy_edit"),
    path("policies/<str:kind>/<slug:slug>/withdraw/", policies.budget_policy_withdraw, name="budget_policy_withdraw"),
    path("policies/<str:kind>/<slug:slug>/window/", release_windows.release_window_edit, name="release_window_edit"),
    path(
        "policies/<str:kind>/<slug:slug>/window/remove/",
        release_windows.release_window_remove,
        name="release_window_remove",
    ),
    path("v2/change/enqueue", change_enqueue, name="change_enqueue"),
    path("v2/change/enqueue/", change_enqueue, name="change_enqueue"),
]

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("slos/", SloViewSet.as_view(LIST), name="api_slo_list"),
    path("slos/preview/", PreviewViewSet.as_view({"post": "create"}), name="api_slo_preview"),
    path("queries/", QueryViewSet.as_view(LIST), name="api_query_list"),
    path("queries/run/", QueryViewSet.as_view({"get": "run"}), name="api_query_run"),
    path("queries/<str:id>/", QueryViewSet.as_view({"delete": "destroy"}), name="api_query_detail"),
    path("tier-rules/", TierRulesViewSet.as_view({"get": "list"}), name="api_tier_rules_list"),
    path("slos/openslo/", OpenSloViewSet.as_view({"get": "retrieve", "post": "create"}), name="api_openslo"),
    path("slos/prometheus-rules/", RuleFileViewSet.as_view({"get": "retrieve"}), name="api_rule_file"),
    path("slos/audit/", MeasurementAuditViewSet.as_view({"get": "show"}), name="api_measurement_audit"),
    path("slos/composites/", CompositeViewSet.as_view({"post": "create"}), name="api_composite_list"),
    path(
        "slos/<str:id>/parts/", PartsViewSet.as_view({"get": "retrieve", "put": "update"}), name="api_composite_parts"
    ),
    path("slos/<str:id>/", SloViewSet.as_view({**ONE, "delete": "destroy"}), name="api_slo_detail"),
    path("slos/<str:id>/status/", SloNumbersViewSet.as_view({"get": "status"}), name="api_slo_status"),
    path("slos/<str:id>/burndown/", SloNumbersViewSet.as_view({"get": "burndown"}), name="api_slo_burndown"),
    path(
        "slos/<str:id>/sla/",
        SlaViewSet.as_view({"get": "retrieve", "put": "update", "delete": "destroy"}),
        name="api_sla",
    ),
    path("forecasts/preview/", ForecastPreviewViewSet.as_view({"post": "create"}), name="api_forecast_preview"),
    path("resources/", ResourceViewSet.as_view(LIST), name="api_resource_list"),
    path("resources/<str:id>/", ResourceViewSet.as_view({**ONE, "delete": "destroy"}), name="api_resource_detail"),
    path(
        "resources/<str:id>/points/",
        ResourcePointsViewSet.as_view({"get": "show", "post": "create"}),
        name="api_resource_points",
    ),
    path(
        "resources/<str:id>/forecast/", ResourceForecastViewSet.as_view({"get": "show"}), name="api_resource_forecast"
    ),
    path("resources/<str:id>/events/", KnownEventViewSet.as_view(LIST), name="api_known_event_list"),
    path(
        "resources/<str:id>/events/<str:event_id>/",
        KnownEventViewSet.as_view({"delete": "destroy"}),
        name="api_known_event_detail",
    ),
    path("resources/<str:id>/load-tests/", LoadTestViewSet.as_view(LIST), name="api_load_test_list"),
    path("capacity-plans/", CapacityPlanViewSet.as_view(LIST), name="api_capacity_plan_list"),
    path(
        "capacity-plans/<str:id>/",
        CapacityPlanViewSet.as_view({"get": "retrieve", "delete": "destroy"}),
        name="api_capacity_plan_detail",
    ),
    path(
        "capacity-plans/<str:id>/budgets/",
        CapacityPlanViewSet.as_view({"post": "budget"}),
        name="api_capacity_plan_budget",
    ),
    path("capacity-plans/<str:id>/steps/", PlanStepViewSet.as_view({"post": "create"}), name="api_plan_step_create"),
    path("capacity-steps/<str:id>/", PlanStepViewSet.as_view({"patch": "partial_update"}), name="api_plan_step_detail"),
    path("slis/", SliViewSet.as_view(LIST), name="api_sli_list"),
    path("slis/<str:id>/counts/", PushViewSet.as_view({"post": "create"}), name="api_sli_counts"),
    path("slis/<str:id>/", SliViewSet.as_view(ONE), name="api_sli_detail"),
    path("prometheus-servers/", PrometheusServerViewSet.as_view(LIST), name="api_prometheus_server_list"),
    path(
        "prometheus-servers/<str:id>/",
        PrometheusServerViewSet.as_view({**ONE, "delete": "destroy"}),
        name="api_prometheus_server_detail",
    ),
    path(
        "prometheus-servers/<str:id>/test/",
        PrometheusServerViewSet.as_view({"post": "test"}),
        name="api_prometheus_server_test",
    ),
    path("heartbeats/", HeartbeatViewSet.as_view(LIST), name="api_heartbeat_list"),
    path(
        "heartbeats/<str:id>/",
        HeartbeatViewSet.as_view({**ONE, "delete": "destroy"}),
        name="api_heartbeat_detail",
    ),
    path("heartbeats/<str:id>/runs/", HeartbeatViewSet.as_view({"get": "runs"}), name="api_heartbeat_runs"),
    path("heartbeats/<str:id>/rotate-key/", HeartbeatViewSet.as_view({"post": "rotate"}), name="api_heartbeat_key"),
    path("corrections/", CorrectionViewSet.as_view(LIST), name="api_correction_list"),
    path("corrections/preview/", CorrectionViewSet.as_view({"post": "preview"}), name="api_correction_preview"),
    path("corrections/<str:id>/", CorrectionViewSet.as_view({"get": "retrieve"}), name="api_correction_detail"),
    path("corrections/<str:id>/revoke/", CorrectionViewSet.as_view({"post": "revoke"}), name="api_correction_revoke"),
    path("maintenance/", MaintenanceViewSet.as_view(LIST), name="api_maintenance_list"),
    path("maintenance/<str:id>/", MaintenanceViewSet.as_view({"get": "retrieve"}), name="api_maintenance_detail"),
    path("maintenance/<str:id>/cancel/", MaintenanceViewSet.as_view({"post": "cancel"}), name="api_maintenance_cancel"),
    path("probes/", ProbeViewSet.as_view(LIST), name="api_probe_list"),
    path("probes/try/", ProbeTrialViewSet.as_view({"post": "create"}), name="api_probe_try"),
    path("probes/<str:id>/results/", ProbeResultViewSet.as_view({"get": "list"}), name="api_probe_results"),
    path("probes/<str:id>/", ProbeViewSet.as_view(ONE), name="api_probe_detail"),
    path("releases/", ReleaseViewSet.as_view(LIST), name="api_release_list"),
    path("releases/<str:id>/", ReleaseViewSet.as_view(ONE), name="api_release_detail"),
    path("releases/<str:id>/stages/", ReleaseViewSet.as_view({"post": "move"}), name="api_release_stages"),
    path("releases/<str:id>/validate/", ReleaseViewSet.as_view({"post": "validate"}), name="api_release_validate"),
    path("releases/<str:id>/rollback/", ReleaseViewSet.as_view({"post": "roll_back"}), name="api_release_rollback"),
    path("services/<str:id>/gate/", GateViewSet.as_view({"get": "show"}), name="api_gate_detail"),
    path(
        "services/<str:id>/gate/evaluations/", EvaluationViewSet.as_view({"get": "list"}), name="api_gate_evaluations"
    ),
    path("services/<str:id>/gate/overrides/", OverrideViewSet.as_view(LIST), name="api_gate_overrides"),
    path("gate-overrides/<str:id>/", OverrideViewSet.as_view({"delete": "destroy"}), name="api_gate_override"),
    path("services/<str:id>/policy/", BudgetPolicyViewSet.as_view(OWNED), name="api_service_policy"),
    path("teams/<str:id>/policy/", BudgetPolicyViewSet.as_view(OWNED, of_team=True), name="api_team_policy"),
    path("services/<str:id>/release-window/", ReleaseWindowViewSet.as_view(OWNED), name="api_service_window"),
    path("teams/<str:id>/release-window/", ReleaseWindowViewSet.as_view(OWNED, of_team=True), name="api_team_window"),
    path("services/<str:id>/version-source/", VersionSourceViewSet.as_view(OWNED), name="api_version_source"),
    path(
        "services/<str:id>/versions/",
        VersionViewSet.as_view({"get": "show", "post": "report"}),
        name="api_service_versions",
    ),
]
