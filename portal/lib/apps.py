from django.apps import AppConfig


class LibConfig(AppConfig):
    name = "portal.lib"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connects the counters of tasks to Celery's own hooks."""
        from portal.lib.metrics import ids

        ids.connect()
