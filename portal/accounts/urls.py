"""The settings pages, the page behind an invitation, and the API resources of people, tokens and the audit log."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from portal.accounts.api.audit import AuditViewSet
from portal.accounts.api.me import MeViewSet
from portal.accounts.api.members import MemberViewSet
from portal.accounts.api.service_accounts import ServiceAccountViewSet
from portal.accounts.api.teams import TeamViewSet
from portal.accounts.api.tokens import TokenViewSet
from portal.accounts.views import audit, members, people, profile, service_accounts, teams, tokens

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/", profile.settings_home, name="settings_home"),
    path("settings/sessions/", profile.session_list, name="session_list"),
    path("settings/sessions/end/", profile.session_end, name="session_end"),
    path("settings/tokens/", tokens.token_list, name="token_list"),
    path("settings/tokens/new/", tokens.token_create, name="token_create"),
    path("settings/tokens/<slug:token_id>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("settings/teams/", teams.team_list, name="team_list"),
    path("settings/teams/new/", teams.team_create, name="team_create"),
    path("settings/teams/<slug:slug>/", teams.team_detail, name="team_detail"),
    path("settings/teams/<slug:slug>/edit/", teams.team_edit, name="team_edit"),
    path("settings/teams/<slug:slug>/members/add/", members.member_add, name="member_add"),
    path("settings/teams/<slug:slug>/members/<slug:user_id>/", members.member_edit, name="member_edit"),
    path("settings/teams/<slug:slug>/members/<slug:user_id>/remove/", members.member_remove, name="member_remove"),
    path(
        "settings/teams/<slug:slug>/invitations/<slug:invitation_id>/withdraw/",
        members.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("settings/people/", people.user_list, name="user_list"),
    path("settings/people/<slug:user_id>/switch/", people.user_switch, name="user_switch"),
    path("settings/people/<slug:user_id>/administrator/", people.user_administrator, name="user_administrator"),
    path("settings/service-accounts/", service_accounts.service_account_list, name="service_account_list"),
    path("settings/service-accounts/new/", service_accounts.service_account_create, name="service_account_create"),
    path(
        "settings/service-accounts/<slug:account_id>/",
        service_accounts.service_account_detail,
        name="service_account_detail",
    ),
    path(
        "settings/service-accounts/<slug:account_id>/edit/",
        service_accounts.service_account_edit,
        name="service_account_edit",
    ),
    path(
        "settings/service-accounts/<slug:account_id>/tokens/new/",
        service_accounts.service_account_token,
        name="service_account_token",
    ),
    path("settings/audit/", audit.audit_list, name="audit_list"),
    path("invitations/<slug:secret>/", members.invitation_accept, name="invitation_accept"),
]

COLLECTION: dict[str, Any] = {"get": "list", "post": "create"}
MEMBER: dict[str, Any] = {"patch": "partial_update", "delete": "destroy"}
OBJECT: dict[str, Any] = {"get": "retrieve", "patch": "partial_update"}

api_urlpatterns: list[URLPattern | URLResolver] = [
    path("me/", MeViewSet.as_view({"get": "show", "patch": "update_profile"}), name="api_me"),
    path("teams/", TeamViewSet.as_view(COLLECTION), name="api_teams"),
    path("teams/<slug:id>/", TeamViewSet.as_view(OBJECT), name="api_team"),
    path("teams/<slug:id>/members/", MemberViewSet.as_view(COLLECTION), name="api_members"),
    path("teams/<slug:id>/members/<slug:user_id>/", MemberViewSet.as_view(MEMBER), name="api_member"),
    path("tokens/", TokenViewSet.as_view(COLLECTION), name="api_tokens"),
    path("tokens/<slug:id>/", TokenViewSet.as_view({"get": "retrieve", "delete": "destroy"}), name="api_token"),
    path("service-accounts/", ServiceAccountViewSet.as_view(COLLECTION), name="api_service_accounts"),
    path("service-accounts/<slug:id>/", ServiceAccountViewSet.as_view(OBJECT), name="api_service_account"),
    path("audit/", AuditViewSet.as_view({"get": "list"}), name="api_audit"),
    path("audit/<slug:id>/", AuditViewSet.as_view({"get": "retrieve"}), name="api_audit_entry"),
]
