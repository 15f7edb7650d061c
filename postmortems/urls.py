"""The paths of postmortems and action items."""

from django.urls import URLPattern, URLResolver, path

from postmortems.api.action_items import ActionItemViewSet
from postmortems.api.language import LintView
from postmortems.api.postmortems import PostmortemViewSet
from postmortems.views import action_items, postmortems, steps

ONE = "postmortems/<str:postmortem_id>/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("postmortems/", postmortems.postmortem_list, name="postmortem_list"),
    path("postmortems/new/", postmortems.postmortem_create, name="postmortem_create"),
    path(ONE, postmortems.postmortem_detail, name="postmortem_detail"),
    path(f"{ONE}edit/", postmortems.postmortem_edit, name="postmortem_edit"),
    path(f"{ONE}submit/", steps.postmortem_submit, name="postmortem_submit"),
    path(f"{ONE}approve/", steps.postmortem_approve, name="postmortem_approve"),
    path(f"{ONE}send-back/", steps.postmortem_send_back, name="postmortem_send_back"),
    path(f"{ONE}publish/", steps.postmortem_publish, name="postmortem_publish"),
    path(f"{ONE}close/", steps.postmortem_close, name="postmortem_close"),
    path(f"{ONE}reopen/", steps.postmortem_reopen, name="postmortem_reopen"),
    path(f"{ONE}timeline/new/", steps.postmortem_row, name="postmortem_row"),
    path(f"{ONE}timeline/<int:row_id>/delete/", steps.postmortem_row_delete, name="postmortem_row_delete"),
    path(f"{ONE}impact/new/", steps.postmortem_impact, name="postmortem_impact"),
    path(f"{ONE}impact/<int:row_id>/delete/", steps.postmortem_impact_delete, name="postmortem_impact_delete"),
    path(f"{ONE}items/new/", action_items.action_item_create, name="action_item_create"),
    path("action-items/", action_items.action_item_list, name="action_item_list"),
    path("action-items/<str:item_id>/edit/", action_items.action_item_edit, name="action_item_edit"),
]

API_ONE = "postmortems/<slug:id>/"

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("postmortems/", PostmortemViewSet.as_view({"get": "list", "post": "create"}), name="api_postmortems"),
    path("postmortems/lint/", LintView.as_view({"post": "create"}), name="api_postmortem_lint"),
    path(API_ONE, PostmortemViewSet.as_view({"get": "retrieve", "patch": "partial_update"}), name="api_postmortem"),
    path("action-items/", ActionItemViewSet.as_view({"get": "list", "post": "create"}), name="api_action_items"),
    path(
        "action-items/<slug:id>/",
        ActionItemViewSet.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api_action_item",
    ),
]
