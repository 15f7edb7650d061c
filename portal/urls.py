"""Every URL of the portal: each app brings its pages and its API resources."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

import incidents.urls
import oncall.urls
import portal.accounts.urls
import portal.catalog.urls
import portal.chat.urls
import portal.home.urls
import portal.lib.urls
import portal.reports.urls
import postmortems.urls
import shortener.urls
import slo.urls

APPS = [
    portal.home.urls,
    portal.accounts.urls,
    portal.catalog.urls,
    shortener.urls,
    slo.urls,
    oncall.urls,
    incidents.urls,
    postmortems.urls,
    portal.reports.urls,
    portal.chat.urls,
]

pages: list[URLPattern | URLResolver] = [path("", include(app.urlpatterns)) for app in APPS]
resources: list[URLPattern | URLResolver] = [path("api/v1/", include(app.api_urlpatterns)) for app in APPS]

urlpatterns: list[URLPattern | URLResolver] = [
    *portal.lib.urls.urlpatterns,
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("api/v1/docs/", SpectacularSwaggerSplitView.as_view(url_name="api_schema"), name="api_docs"),
    path("accounts/", include("allauth.urls")),
    *resources,
    *pages,
]

handler400 = "portal.lib.refusals.bad_request"
handler403 = "portal.lib.refusals.permission_denied"
handler404 = "portal.lib.refusals.page_not_found"
handler500 = "portal.lib.refusals.server_error"
