from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "portal.home"
    default_auto_field = "django.db.models.BigAutoField"
