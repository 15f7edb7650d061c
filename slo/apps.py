from django.apps import AppConfig


class SloConfig(AppConfig):
    verbose_name = "SLOs"
    name = "slo"
    default_auto_field = "django.db.models.BigAutoField"
