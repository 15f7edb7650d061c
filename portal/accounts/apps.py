from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "portal.accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes the sign-in schemes known to the OpenAPI document."""
        from portal.accounts.api import schemes  # noqa: F401 - a scheme registers itself when it is imported
