from django.apps import AppConfig


class SeedConfig(AppConfig):
    name = "portal.seed"
    default_auto_field = "django.db.models.BigAutoField"
