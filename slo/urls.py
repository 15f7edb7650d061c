from typing import Any

from django.urls import URLPattern, URLResolver, path

from slo.api.audits import MeasurementAuditViewSet
from slo.api.capacity_points import ResourceForecastViewSet, ResourcePointsViewSet
from slo.api.forecasts import ForecastPreviewViewSet
from slo.api.gates import EvaluationViewSet, GateViewSet, OverrideViewSet
from slo.api.previews import PreviewViewSet
from slo.api.probe_runs import ProbeResultViewSet, ProbeTrialViewSet
from slo.api.probes import ProbeViewSet
from slo.api.pushes import PushViewSet
from slo.api.releases import ReleaseViewSet
from slo.api.resources import ResourceViewSet
from slo.api.slis import SliViewSet
from slo.api.slos import SloViewSet
from slo.views import audits, calculators, probes, releases, slo_forms, slo_graphs, slo_list, slos, walls, whatif

LIST: dict[str, Any] = {"get": "list", "post": "create"}
ONE: dict[str, Any] = {"get": "retrieve", "patch": "partial_update"}

urlpatterns: list[URLPattern | URLResolver] = [
    path("slos/", slo_list.slo_list, name="slo_list"),
    path("slos/new/", slo_forms.slo_create, name="slo_create"),
    path("slos/calculator/", calculators.slo_calculator, name="slo_calculator"),
    path("slos/wall/", walls.slo_wall, name="slo_wall"),
    path("slos/audit/", audits.measurement_audit, name="measurement_audit"),
    path("slos/<str:public_id>/", slos.slo_detail, name="slo_detail"),
    path("slos/<str:public_id>/edit/", slo_forms.slo_edit, name="slo_edit"),
    path("slos/<str:public_id>/archive/", slo_forms.slo_archive, name="slo_archive"),
    path("slos/<str:public_id>/what-if/", whatif.slo_what_if, name="slo_what_if"),
    path("slos/<str:public_id>/graphs/<str:name>.<str:kind>", slo_graphs.slo_graph, name="slo_graph"),
    path("probes/", probes.probe_list, name="probe_list"),
    path("probes/new/", probes.probe_create, name="probe_create"),
    path("probes/<str:public_id>/", probes.probe_detail, name="probe_detail"),
    path("probes/<str:public_id>/edit/", probes.probe_edit, name="probe_edit"),
    path("probes/<str:public_id>/pause/", probes.probe_pause, name="probe_pause"),
    path("releases/", releases.release_list, name="release_list"),
    path("releases/new/", releases.release_create, name="release_create"),
    path("services/<slug:slug>/gate/", releases.gate_detail, name="gate_detail"),
]

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("slos/", SloViewSet.as_view(LIST), name="api_slo_list"),
    path("slos/preview/", PreviewViewSet.as_view({"post": "create"}), name="api_slo_preview"),
    path("slos/audit/", MeasurementAuditViewSet.as_view({"get": "show"}), name="api_measurement_audit"),
    path("slos/<str:id>/", SloViewSet.as_view({**ONE, "delete": "destroy"}), name="api_slo_detail"),
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
    path("slis/", SliViewSet.as_view({"get": "list"}), name="api_sli_list"),
    path("slis/<str:id>/counts/", PushViewSet.as_view({"post": "create"}), name="api_sli_counts"),
    path("slis/<str:id>/", SliViewSet.as_view({"get": "retrieve"}), name="api_sli_detail"),
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
]
