from django.urls import URLPattern, URLResolver, path

from portal.home import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("help/", views.help_page, name="help_page"),
    path("theme/", views.theme_change, name="theme_change"),
]

api_urlpatterns: list[URLPattern | URLResolver] = []
