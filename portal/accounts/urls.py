"""The settings pages, the page behind an invitation, and the API resources of people, tokens and the audit log."""

from django.urls import URLPattern, URLResolver, path

from portal.accounts.views import audit, members, profile, service_accounts, teams, tokens

urlpatterns: list[URLPattern | URLResolver] = [
    path("settings/", profile.settings_home, name="settings_home"),
    path("settings/sessions/", profile.session_list, name="session_list"),
    path("settings/sessions/end/", profile.session_end, name="session_end"),
    path("settings/tokens/", tokens.token_list, name="token_list"),
    path("settings/tokens/new/", tokens.token_create, name="token_create"),
    path("settings/tokens/<str:token_id>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("settings/teams/", teams.team_list, name="team_list"),
    path("settings/teams/new/", teams.team_create, name="team_create"),
    path("settings/teams/<slug:slug>/", teams.team_detail, name="team_detail"),
    path("settings/teams/<slug:slug>/edit/", teams.team_edit, name="team_edit"),
    path("settings/teams/<slug:slug>/members/add/", members.member_add, name="member_add"),
    path("settings/teams/<slug:slug>/members/<str:user_id>/", members.member_edit, name="member_edit"),
    path("settings/teams/<slug:slug>/members/<str:user_id>/remove/", members.member_remove, name="member_remove"),
    path(
        "settings/teams/<slug:slug>/invitations/<str:invitation_id>/withdraw/",
        members.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("settings/service-accounts/", service_accounts.service_account_list, name="service_account_list"),
    path("settings/service-accounts/new/", service_accounts.service_account_create, name="service_account_create"),
    path(
        "settings/service-accounts/<str:account_id>/",
        service_accounts.service_account_detail,
        name="service_account_detail",
    ),
    path(
        "settings/service-accounts/<str:account_id>/edit/",
        service_accounts.service_account_edit,
        name="service_account_edit",
    ),
    path(
        "settings/service-accounts/<str:account_id>/tokens/new/",
        service_accounts.service_account_token,
        name="service_account_token",
    ),
    path("settings/audit/", audit.audit_list, name="audit_list"),
    path("invitations/<str:secret>/", members.invitation_accept, name="invitation_accept"),
]

api_urlpatterns: list[URLPattern | URLResolver] = []
