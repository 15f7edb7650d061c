"""The paths of the chat."""

from django.urls import URLPattern, URLResolver, path

from portal.chat.views import accounts, slash

urlpatterns: list[URLPattern | URLResolver] = [
    path("chat/slack/", slash.chat_slack, name="chat_slack"),
    path("chat/mattermost/", slash.chat_mattermost, name="chat_mattermost"),
    path("chat/graphs/<str:token>.png", slash.chat_graph, name="chat_graph"),
    path("settings/chat/", accounts.chat_accounts, name="chat_accounts"),
    path("settings/chat/link/<str:code>/", accounts.chat_link, name="chat_link"),
    path("settings/chat/<int:id>/unlink/", accounts.chat_unlink, name="chat_unlink"),
]

api_urlpatterns: list[URLPattern | URLResolver] = []
