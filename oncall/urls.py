"""Pages and API resources of the on-call app."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path


def alert_ack(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(token)


urlpatterns: list[URLPattern | URLResolver] = [path("alerts/ack/<str:token>/", alert_ack, name="alert_ack")]

api_urlpatterns: list[URLPattern | URLResolver] = []
